package io.dsrbroker.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** Writes pages where no controller has been reached. */
@Component
@WithConsole
class Pages {

    private final ITemplateEngine templates;

    Pages(ITemplateEngine templates) {
        this.templates = templates;
    }

    void write(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String template,
            Map<String, Object> model)
            throws IOException {
        Map<String, Object> whole = new HashMap<>(model);
        EveryPage.Person person = EveryPage.person(request.getUserPrincipal());
        if (person != null) {
            whole.put("person", person);
        }
        WebContext context = new WebContext(
                JakartaServletWebApplication.buildApplication(request.getServletContext())
                        .buildExchange(request, response),
                Locale.ENGLISH,
                whole);
        byte[] page = templates.process(template, context).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }
}
