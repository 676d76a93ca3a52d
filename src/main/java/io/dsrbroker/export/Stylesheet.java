package io.dsrbroker.export;

import io.dsrbroker.shared.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How the index looks, on a telephone, on a screen and on paper. */
final class Stylesheet {

    static final String CSS = """
            :root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--paper:#fff;--line:#d5dae0;--tint:#f4f6f8;--link:#0550ae;--warn:#8a4600;--warntint:#fff6e5}
            @media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--dim:#a3adb8;--paper:#14181d;--line:#333b45;--tint:#1c2229;--link:#7ab8ff;--warn:#ffc46b;--warntint:#2c2413}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
            main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
            h1{font-size:1.7rem;line-height:1.2;margin:0 0 .75rem}
            h2{font-size:1.25rem;margin:2.5rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line)}
            h3{font-size:1.05rem;margin:1.75rem 0 .25rem;overflow-wrap:anywhere}
            p,ul,dl{margin:.5rem 0;max-width:46rem}
            a{color:var(--link)}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem}
            dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
            .dim{color:var(--dim)}
            .notice{background:var(--warntint);border-left:.3rem solid var(--warn);padding:.6rem 1rem;margin:1rem 0}
            .fine{background:var(--tint);border-left:.3rem solid var(--dim);padding:.6rem 1rem;margin:1rem 0}
            table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem;font-size:.94rem}
            caption{text-align:left;color:var(--dim);padding:.3rem 0}
            th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line)}
            tbody th{overflow-wrap:anywhere}td{overflow-wrap:break-word}th .dim{display:block;font-size:.88em}
            thead th{font-weight:600;white-space:nowrap}tbody th{font-weight:400}
            .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
            td.when,td.size{white-space:nowrap}
            details{border:1px solid var(--line);border-radius:.4rem;margin:.6rem 0;padding:0 .9rem;background:var(--paper)}
            summary{cursor:pointer;padding:.6rem 0;font-weight:600}
            summary .dim{font-weight:400}
            code{font:.9em ui-monospace,Consolas,monospace;background:var(--tint);padding:.1em .3em;border-radius:.2em;overflow-wrap:anywhere}
            @media(max-width:40rem){
            dl{display:block}dd{margin:0 0 .5rem}
            .files thead,.gaps thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
            .files tr,.gaps tr{display:block;border-bottom:1px solid var(--line);padding:.45rem 0}
            .files th,.files td,.gaps th,.gaps td{display:block;border:0;padding:.05rem 0;text-align:left;white-space:normal}
            .gaps td[data-as]::before,.files td[data-as]::before{content:attr(data-as) ": ";color:var(--dim)}
            .files td:empty,.gaps td:empty{display:none}}
            @media print{main{max-width:none;padding:0}details{border:0;padding:0}details::details-content{content-visibility:visible;height:auto}a{color:inherit}tr,.notice{break-inside:avoid}h2,h3,summary{break-after:avoid}thead{display:table-header-group}}
            """;

    /** No script, no picture, nothing from elsewhere: only this style. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Digests.sha256().digest(CSS.getBytes(StandardCharsets.UTF_8)))
            + "'; base-uri 'none'; form-action 'none'";

    private Stylesheet() {}
}
