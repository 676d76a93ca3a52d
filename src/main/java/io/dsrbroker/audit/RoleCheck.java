package io.dsrbroker.audit;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Warns at every start while the broker's own database role could change what it wrote down. */
@Component
class RoleCheck implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(RoleCheck.class);

    private final JdbcClient jdbc;

    RoleCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        List<String> changeable = changeable();
        if (!changeable.isEmpty()) {
            log.warn(
                    "THE AUDIT TRAIL IS NOT PROTECTED: the broker's own database role may change or empty {}. Let the"
                            + " database be migrated by another role (spring.flyway.user); see docs/database-roles.md",
                    changeable);
        }
    }

    /** The tables to which it may do more than add. */
    List<String> changeable() {
        return jdbc.sql("""
                        select name from unnest(array['audit_entry', 'audit_checkpoint', 'audit_checkpoint_head', 'receipt'])
                            as t(name)
                        where has_table_privilege(name, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
                        order by name
                        """).query((row, number) -> row.getString("name")).list();
    }
}
