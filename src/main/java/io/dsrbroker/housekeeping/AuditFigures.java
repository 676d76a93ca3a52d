package io.dsrbroker.housekeeping;

import java.util.Set;
import org.springframework.stereotype.Component;

/** How long the audit trail has not been signed. A checkpoint says its time only in what is signed. */
@Component
class AuditFigures implements FigureQuery {

    @Override
    public Set<String> gauges() {
        return Set.of("dsr.audit.checkpoint.age");
    }

    @Override
    public String sql() {
        return """
                with newest as (
                    select split_part(jws, '.', 2) as claims from audit_checkpoint order by seq desc limit 1
                ), signed as (
                    select cast(convert_from(decode(rpad(translate(claims, '-_', '+/'), (length(claims) + 3) / 4 * 4, '='),
                                                    'base64'), 'UTF8') as jsonb) ->> 'at' as at
                    from newest
                ), waiting as (
                    select min(e.at) as since
                    from (select chain, seq from audit_pending limit 1000) p
                    join audit_entry e on e.job_id = p.chain and e.seq = p.seq
                )
                select 'dsr.audit.checkpoint.age' as gauge,
                       case when since is null then 0
                            else extract(epoch from now() - coalesce((select cast(at as timestamptz) from signed), since))
                            end
                from waiting
                """;
    }
}
