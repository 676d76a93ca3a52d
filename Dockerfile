# The broker, and as a second target what the samples need around it (the simulated services, an issuer of tokens):
#
#   docker build -t dsr-broker .
#   docker build -t dsr-broker-simulator --target simulator .
#
# BUILD_IMAGE has JDK 25 and Maven. RUNTIME_IMAGE needs a C library and certificates, and no shell; both may be replaced.
# A company's own Maven settings: --secret id=maven-settings,src=settings.xml
ARG BUILD_IMAGE=maven:3-eclipse-temurin-25
ARG RUNTIME_IMAGE=gcr.io/distroless/base-nossl-debian12

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml ./
COPY src ./src
RUN --mount=type=cache,target=/root/.m2/repository \
    --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    mvn -B -ntp -q -DskipTests -Dspotless.check.skip package \
        dependency:copy-dependencies -DincludeScope=test -DoutputDirectory=target/around \
        -DexcludeGroupIds=com.marcnuri.helm-java,io.fabric8,com.microsoft.playwright,com.deque.html.axe-core \
    && mv target/dsr-broker-*.jar target/dsr-broker.jar \
    && java -Djarmode=tools -jar target/dsr-broker.jar extract --layers --destination layers

# A Java runtime with the modules that the broker and its libraries use, and jcmd to ask it questions.
RUN jlink --output /opt/java-runtime --no-header-files --no-man-pages --generate-cds-archive --add-modules \
java.base,java.compiler,java.desktop,java.instrument,java.management,java.naming,java.net.http,java.prefs,java.rmi,\
java.scripting,java.security.jgss,java.security.sasl,java.sql,java.sql.rowset,java.transaction.xa,java.xml,\
java.xml.crypto,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.naming.dns,\
jdk.net,jdk.security.jgss,jdk.unsupported,jdk.zipfs \
    && rm -f /opt/java-runtime/lib/server/*nocoops*.jsa

# The broker does the samples once, and what its JVM learned goes into the image. The paths are those of the image, and
# so are the flags: with others the cache is not used.
FROM build AS trained
RUN mkdir -p /app/data && cp -a layers/dependencies/. layers/application/. /app/ \
    && cp -a target/classes/META-INF/sbom /app/sbom \
    && chown 10001:10001 /app /app/data \
    && echo 'broker:x:10001:10001::/tmp:/bin/false' >> /etc/passwd
# PostgreSQL does not run as root.
USER 10001:10001
RUN java -cp 'target/test-classes:target/classes:target/around/*' io.dsrbroker.launcher.DevelopmentLauncher train \
        /opt/java-runtime/bin/java -XX:AOTCacheOutput=/app/dsr-broker.aot -XX:+UseCompactObjectHeaders \
        -XX:MaxRAMPercentage=60 -jar /app/dsr-broker.jar \
    && test -s /app/dsr-broker.aot

FROM build AS around
RUN rm -rf target/around/embedded-postgres* target/around/testcontainers* target/classes/db

# The simulated services, an issuer of tokens and the samples, for docker-compose.yml; never for production.
FROM ${RUNTIME_IMAGE} AS simulator
COPY --from=around /opt/java-runtime /opt/java-runtime
COPY --from=around /build/target/around /simulator/lib
COPY --from=around /build/target/classes /simulator/classes
COPY --from=around /build/target/test-classes /simulator/test-classes
LABEL org.opencontainers.image.title="dsr-broker-simulator" \
      org.opencontainers.image.description="Simulated upstreams of dsr-broker, and an issuer of tokens" \
      org.opencontainers.image.licenses="Apache-2.0"
USER 10001:10001
WORKDIR /tmp
ENTRYPOINT ["/opt/java-runtime/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp", \
    "/simulator/test-classes:/simulator/classes:/simulator/lib/*", "io.dsrbroker.launcher.DevelopmentLauncher"]
CMD ["simulator"]

FROM ${RUNTIME_IMAGE} AS broker
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="dsr-broker" \
      org.opencontainers.image.description="Carries data-subject requests out against Azure AI Gallery and Azure Machine Learning, and proves what happened" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=trained /opt/java-runtime /opt/java-runtime
# From what seldom changes to what always does.
COPY --from=trained /build/layers/dependencies/ /app/
COPY --from=trained --chown=10001:10001 /app/data /app/data
COPY --from=trained /app/sbom /app/sbom
COPY --from=trained /build/layers/application/ /app/
COPY --from=trained /app/dsr-broker.aot /app/dsr-broker.aot
USER 10001:10001
WORKDIR /app
EXPOSE 8080 8081
# For engines that ask the image; Kubernetes has probes.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/opt/java-runtime/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m", "-jar", "/app/dsr-broker.jar", "healthy"]
# Further flags come by JAVA_TOOL_OPTIONS. Arguments are the broker's: a command, or settings.
ENTRYPOINT ["/opt/java-runtime/bin/java", "-XX:AOTCache=/app/dsr-broker.aot", "-XX:+UseCompactObjectHeaders", \
    "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/dsr-broker.jar"]
