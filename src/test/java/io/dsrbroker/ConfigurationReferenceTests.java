package io.dsrbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.dsrbroker.ConfigurationReference.Setting;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.TypeDescriptor;

/** docs/configuration.md says what is true. */
class ConfigurationReferenceTests {

    private static final Pattern UPPER = Pattern.compile("([A-Z])");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(dsr\\.[a-z.-]+)");

    private final ConfigurationReference reference = new ConfigurationReference();

    @Test
    void pageIsWhatTheCodeSays() throws IOException {
        if (Boolean.getBoolean("dsr.docs.write")) {
            Files.writeString(ConfigurationReference.PAGE, reference.page());
        }
        if (!Files.exists(ConfigurationReference.PAGE)
                || !Files.readString(ConfigurationReference.PAGE).equals(reference.page())) {
            fail("docs/configuration.md is not what the code says: run"
                    + " mvn test -Dtest=ConfigurationReferenceTests -Ddsr.docs.write=true to regenerate it");
        }
    }

    @Test
    void everySettingHasAMeaning() {
        assertThat(reference.settings()).hasSizeGreaterThan(50).allSatisfy(setting -> {
            assertThat(setting.meaning()).as(setting.key()).hasSizeGreaterThan(15);
            assertThat(setting.meaning()).as(setting.key()).doesNotContain("{@", "</", " null");
            assertThat(setting.kind()).as(setting.key()).isNotBlank();
        });
    }

    @Test
    void settingsInsideMapsAndListsAreSpelledOut() {
        assertThat(reference.settings())
                .extracting(Setting::key)
                .contains(
                        "dsr.upstreams.<name>.base-url",
                        "dsr.upstreams.<name>.auth.type",
                        "dsr.lanes.<upstream>.reads-per-second",
                        "dsr.clients[n].name",
                        "dsr.clients[n].targets[n].kind");
    }

    /** What the records hold when only application.yaml is there. */
    @Test
    void defaultsAreTheRealOnes() throws ReflectiveOperationException {
        Map<String, Object> bound = new TreeMap<>();
        Map<String, TypeDescriptor> types = new TreeMap<>();
        Binder binder = new Binder(new MapConfigurationPropertySource(reference.inFile().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("dsr."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
        for (Map.Entry<String, String> each : reference.records()) {
            Class<?> type = Class.forName(each.getValue());
            collect(each.getKey(), binder.bindOrCreate(each.getKey(), Bindable.of(type)), bound, types);
        }
        Map<String, Object> told = new TreeMap<>();
        reference.settings().forEach(setting -> {
            TypeDescriptor type = types.get(setting.key());
            if (type != null) {
                told.put(setting.key(), value(setting.standard(), type));
            }
        });
        assertThat(told).hasSizeGreaterThan(40).isEqualTo(bound);
    }

    @Test
    void librariesThatMayLogAreTheRealOnes() {
        assertThat(reference.settings())
                .filteredOn(setting -> setting.key().equals("dsr.logging.debug-libraries"))
                .singleElement()
                .extracting(Setting::standard)
                .isEqualTo(LibraryLogs.HARMLESS.replace(",", ", "));
    }

    @Test
    void whatApplicationYamlRefersToIsThere() {
        List<String> keys = reference.settings().stream().map(Setting::key).toList();
        assertThat(reference.inFile().values())
                .allSatisfy(value -> REFERENCE
                        .matcher(value)
                        .results()
                        .forEach(match -> assertThat(keys).contains(match.group(1))));
    }

    private static void collect(
            String prefix, Object holder, Map<String, Object> values, Map<String, TypeDescriptor> types)
            throws ReflectiveOperationException {
        Parameter[] parameters = holder.getClass().getDeclaredConstructors()[0].getParameters();
        for (int i = 0; i < parameters.length; i++) {
            Method accessor = holder.getClass().getRecordComponents()[i].getAccessor();
            accessor.setAccessible(true);
            Object value = accessor.invoke(holder);
            Name name = parameters[i].getAnnotation(Name.class);
            String key = prefix + "." + (name == null ? dashed(parameters[i].getName()) : name.value());
            TypeDescriptor type =
                    new TypeDescriptor(new MethodParameter(holder.getClass().getDeclaredConstructors()[0], i));
            if (value instanceof Record inner) {
                collect(key, inner, values, types);
            } else if (!type.isMap() && !isOfRecords(type)) {
                values.put(key, value == null ? "" : value);
                types.put(key, type);
            }
        }
    }

    private static boolean isOfRecords(TypeDescriptor type) {
        TypeDescriptor element = type.isCollection() ? type.getElementTypeDescriptor() : null;
        return element != null && element.getType().isRecord();
    }

    private static Object value(String told, TypeDescriptor type) {
        if (told.isEmpty() && !Collection.class.isAssignableFrom(type.getType())) {
            return "";
        }
        Object value = ApplicationConversionService.getSharedInstance()
                .convert(told, TypeDescriptor.valueOf(String.class), type);
        return Objects.requireNonNull(value);
    }

    private static String dashed(String name) {
        return UPPER.matcher(name).replaceAll("-$1").toLowerCase(Locale.ROOT);
    }
}
