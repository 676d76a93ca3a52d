package io.dsrbroker.simulator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All upstreams of the broker in one process, on ports of their own; where the real ones have the location in the host name, these have it as the first segment of the path. */
public final class AzureSimulator implements AutoCloseable {

    private final Estate estate;
    private final SimulatorSettings settings = new SimulatorSettings();
    private final RequestLog log = new RequestLog();
    private final TrapServer trap = new TrapServer();
    private final Operations operations = new Operations(settings);
    private final LoginService login = new LoginService(settings);
    private final Map<String, UpstreamServer> servers = new ConcurrentHashMap<>();
    private final Windows windows = new Windows(settings, servers);
    private final ControlServer control;

    private AzureSimulator(Estate estate, Map<String, Integer> ports, Listen listen) {
        this.estate = estate;
        var pager = new Pager(settings);
        settings.hostile.leadsTo(trap);
        var links = new ContentLinks(settings);
        var routes = new EnumMap<Upstream, List<Route>>(Upstream.class);
        routes.put(Upstream.GALLERY, new GalleryService(estate, settings, pager).routes());
        routes.put(Upstream.ARM, new ArmService(estate, settings, pager, operations).routes());
        routes.put(Upstream.MODEL_MANAGEMENT, new ModelManagementService(estate, settings, pager, operations).routes());
        routes.put(Upstream.EXPERIMENTS, experiments(estate, pager, links));
        routes.put(Upstream.CONTENT, new BlobService(estate, settings, links).routes());
        routes.put(Upstream.LOGIN, login.routes());
        var common = new Exchanges.Common(settings, log, operations, windows);
        routes.forEach((upstream, its) -> servers.put(
                upstream.wireName(),
                new UpstreamServer(
                        listen,
                        ports.getOrDefault(upstream.wireName(), 0),
                        new Exchanges(upstream, new Dispatcher(upstream, its, settings, login), common))));
        links.servedFrom(contentOrigin());
        control = new ControlServer(listen, ports.getOrDefault("control", 0), ControlCalls.of(this));
    }

    private List<Route> experiments(Estate all, Pager pager, ContentLinks links) {
        return Stream.of(
                        new HistoryService(all, settings, pager, links).routes(),
                        new ArtifactService(all, settings, pager, links).routes(),
                        new NotificationService(all, settings, pager).routes())
                .flatMap(List::stream)
                .toList();
    }

    /** Serves the estate on free ports of the loopback interface. */
    public static AzureSimulator start(Estate estate) {
        return start(estate, Map.of());
    }

    /** Serves the estate; ports are given by upstream ({@code content}, {@code login} and {@code control} too), the rest are free ones. */
    public static AzureSimulator start(Estate estate, Map<String, Integer> ports) {
        return start(estate, ports, Listen.loopback());
    }

    static AzureSimulator start(Estate estate, Map<String, Integer> ports, Listen listen) {
        return new AzureSimulator(estate, ports, listen);
    }

    /** Serves an estate by itself until the process ends; see {@link Launch} for the arguments. */
    public static void serve(String... args) throws InterruptedException {
        Launch.run(args);
    }

    private UpstreamServer server(Upstream upstream) {
        var server = servers.get(upstream.wireName());
        if (server == null) {
            throw new IllegalStateException(upstream + " is not served");
        }
        return server;
    }

    /** The base URL for {@code dsr.upstreams.<name>.base-url}; that of model management and experiments contains {@code {location}}. */
    public String baseUrl(String upstream) {
        var which = Upstream.named(upstream);
        boolean located = which == Upstream.MODEL_MANAGEMENT || which == Upstream.EXPERIMENTS;
        return server(which).origin() + (located ? "/{location}" : "");
    }

    /** Where the content of artifacts is. */
    public String contentOrigin() {
        return server(Upstream.CONTENT).origin();
    }

    /** Where tokens are issued for client credentials. */
    public String tokenEndpoint() {
        return server(Upstream.LOGIN).origin() + "/" + Ids.uuid("tenant", "example.com") + "/oauth2/v2.0/token";
    }

    /** How the simulator behaves. */
    public SimulatorSettings settings() {
        return settings;
    }

    /** Outages and brown-outs. */
    public Windows windows() {
        return windows;
    }

    /** Where hostile links lead. */
    public TrapServer trap() {
        return trap;
    }

    /** Where the simulator is controlled over HTTP; a GET there lists the calls. */
    public String controlUrl() {
        return control.url();
    }

    /** Lets every bearer token expire that was issued so far; tells how many. */
    public int expireTokens() {
        return login.expireTokens();
    }

    /** Whether requests are kept from now on; counters and counts hold anyway. */
    public void keepLog(boolean wanted) {
        log.keep(wanted);
    }

    /** What it serves. */
    public Estate estate() {
        operations.settle();
        return estate;
    }

    /** Every request so far, in order of arrival. */
    public List<LoggedRequest> log() {
        return log.entries();
    }

    /** Forgets the requests so far. */
    public void clearLog() {
        log.clear();
    }

    /** Requests by row of endpoints.csv (0 discovery, -1 others such as content downloads). */
    public Map<Integer, Integer> counts() {
        return log.countsByRow();
    }

    RequestLog requestLog() {
        return log;
    }

    /** Counts everything anew. */
    void forget() {
        log.clear();
        trap.forget();
        login.forget();
        settings.quotas.forget();
    }

    /** How many requests for content carried an Authorization header, kept or not. */
    public long bearerLeakCount() {
        return log.leaks();
    }

    /** Requests for content that carried an Authorization header, as far as requests are kept. */
    public List<LoggedRequest> bearerLeaks() {
        return log().stream().filter(RequestLog::isLeak).toList();
    }

    /** How often a token was asked for. */
    public int tokenRequests() {
        return login.requests();
    }

    /** How many objects of each type are held for a person in these places (everywhere when none are given). */
    public Map<String, Integer> held(Person subject, Select select, Place... places) {
        return Holdings.count(estate(), settings.clock.instant(), subject, select, places);
    }

    /** The document an upstream would serve now; the key of an artifact is its run, a slash and its path. */
    public @Nullable JsonNode document(String type, Place place, String key) {
        return Documents.find(estate(), settings.clock.instant(), type, place, key);
    }

    /** The bytes of an artifact. */
    public @Nullable Content content(Place project, String runId, String path) {
        return Documents.content(estate(), settings.clock.instant(), project, runId, path);
    }

    /** Refuses connections to an upstream. */
    public void refuse(String upstream) {
        server(Upstream.named(upstream)).refuse();
    }

    /** Accepts connections to an upstream again, on the same port. */
    public void accept(String upstream) {
        server(Upstream.named(upstream)).open();
    }

    @Override
    public void close() {
        windows.close();
        control.close();
        trap.close();
        servers.values().forEach(UpstreamServer::close);
    }
}
