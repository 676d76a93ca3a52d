{{- define "dsr-broker.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "dsr-broker.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "dsr-broker.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "dsr-broker.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "dsr-broker.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* What selectors select by; it may never change, for a Deployment's selector cannot. */}}
{{- define "dsr-broker.selectorLabels" -}}
app.kubernetes.io/name: {{ include "dsr-broker.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: broker
{{- end -}}

{{- define "dsr-broker.migrationLabels" -}}
app.kubernetes.io/name: {{ include "dsr-broker.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: migration
{{- end -}}

{{- define "dsr-broker.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: dsr-broker
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "dsr-broker.labels" -}}
{{ include "dsr-broker.selectorLabels" . }}
{{ include "dsr-broker.commonLabels" . }}
{{- end -}}

{{- define "dsr-broker.managementLabels" -}}
app.kubernetes.io/name: {{ include "dsr-broker.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: management
{{- end -}}

{{/* By which labels Prometheus tells this broker's metrics from others. */}}
{{- define "dsr-broker.metrics" -}}
{{- default (printf "namespace=\"%s\",job=\"%s-management\"" .Release.Namespace (include "dsr-broker.fullname" .)) .Values.monitoring.selector -}}
{{- end -}}
