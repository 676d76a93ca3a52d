{{/* Pod Security, profile restricted. */}}
{{- define "dsr-broker.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: {{ .Values.securityContext.runAsUser }}
runAsGroup: {{ .Values.securityContext.runAsGroup }}
fsGroup: {{ .Values.securityContext.fsGroup }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "dsr-broker.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "dsr-broker.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{- define "dsr-broker.extraVolumeMounts" -}}
{{- range .Values.extraVolumeMounts }}
- {{ toYaml (merge (dict "readOnly" true) .) | nindent 2 | trim }}
{{- end }}
{{- end -}}

{{- define "dsr-broker.javaToolOptions" -}}
{{- with .Values.javaToolOptions }}
- name: JAVA_TOOL_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* The variable that holds an upstream's client secret. */}}
{{- define "dsr-broker.clientSecretVariable" -}}
{{- printf "DSR_CLIENT_SECRET_%s" (. | upper | replace "-" "_") -}}
{{- end -}}

{{/* The configuration that follows from the values, with what is given in config on top. */}}
{{- define "dsr-broker.application" -}}
{{- $upstreams := dict -}}
{{- range $name, $given := .Values.upstreams -}}
{{- $settings := dict -}}
{{- with $given.baseUrl }}{{- $_ := set $settings "base-url" . -}}{{- end -}}
{{- with $given.contentOrigins }}{{- $_ := set $settings "content-origins" . -}}{{- end -}}
{{- with $given.auth -}}
{{- $auth := dict "type" .type -}}
{{- with .tokenUri }}{{- $_ := set $auth "token-uri" . -}}{{- end -}}
{{- with .clientId }}{{- $_ := set $auth "client-id" . -}}{{- end -}}
{{- with .scope }}{{- $_ := set $auth "scope" . -}}{{- end -}}
{{- if .existingSecret }}{{- $_ := set $auth "client-secret" (printf "${%s}" (include "dsr-broker.clientSecretVariable" $name)) -}}{{- end -}}
{{- $_ := set $settings "auth" $auth -}}
{{- end -}}
{{- $_ := set $upstreams $name $settings -}}
{{- end -}}
{{- $dsr := dict -}}
{{- with $upstreams }}{{- $_ := set $dsr "upstreams" . -}}{{- end -}}
{{- with .Values.callback.allowedHosts }}{{- $_ := set $dsr "callback" (dict "allowed-hosts" .) -}}{{- end -}}
{{- with .Values.console.clientId }}
{{- $console := dict "client-id" . -}}
{{- with $.Values.console.scopes }}{{- $_ := set $console "scopes" . -}}{{- end -}}
{{- $_ := set $dsr "console" $console -}}
{{- end -}}
{{- $jwt := dict "issuer-uri" .Values.jwt.issuerUri -}}
{{- $application := dict "spring" (dict "security" (dict "oauth2" (dict "resourceserver" (dict "jwt" $jwt)))) -}}
{{- with $dsr }}{{- $_ := set $application "dsr" . -}}{{- end -}}
{{- with .Values.logFormat }}{{- $_ := set $application "logging" (dict "structured" (dict "format" (dict "console" .))) -}}{{- end -}}
{{- if .Values.ingress.enabled }}{{- $_ := set $application "server" (dict "forward-headers-strategy" "native") -}}{{- end -}}
{{- toYaml (mergeOverwrite $application (deepCopy .Values.config)) -}}
{{- end -}}
