{{/* Collects what is missing or contradicts itself, so that all of it is told at once. */}}
{{- define "dsr-broker.check" -}}
{{- $wrong := list -}}
{{- $v := .Values -}}
{{- if not $v.image.repository }}{{- $wrong = append $wrong "image.repository must name the image" -}}{{- end -}}
{{- if not $v.database.url }}{{- $wrong = append $wrong "database.url must be given (jdbc:postgresql://host:5432/name)" -}}{{- end -}}
{{- if regexMatch "(?i)[?&](user|password)=" $v.database.url }}{{- $wrong = append $wrong "database.url may hold no user or password; they come from database.existingSecret" -}}{{- end -}}
{{- if not $v.database.existingSecret }}{{- $wrong = append $wrong "database.existingSecret must name the Secret with the broker's role" -}}{{- end -}}
{{- if and $v.migration.enabled (not $v.migration.existingSecret) }}{{- $wrong = append $wrong "migration.existingSecret must name the Secret with the role that owns the tables" -}}{{- end -}}
{{- if and $v.migration.enabled $v.migration.existingSecret (eq $v.migration.existingSecret $v.database.existingSecret) (eq $v.migration.usernameKey $v.database.usernameKey) }}{{- $wrong = append $wrong "migration.existingSecret must be another role than database.existingSecret: the broker may not own its audit trail" -}}{{- end -}}
{{- if and (eq $v.vault.type "keyset") (not $v.vault.existingSecret) }}{{- $wrong = append $wrong "vault.existingSecret must name the Secret with the keyset (or vault.type be azure-key-vault)" -}}{{- end -}}
{{- if and (eq $v.vault.type "azure-key-vault") (not $v.vault.azureKeyUrl) }}{{- $wrong = append $wrong "vault.azureKeyUrl must be given for azure-key-vault (https://<vault>/keys/<name>)" -}}{{- end -}}
{{- if not $v.receipt.existingSecret }}{{- $wrong = append $wrong "receipt.existingSecret must name the Secret with the signing keys" -}}{{- end -}}
{{- if not $v.jwt.issuerUri }}{{- $wrong = append $wrong "jwt.issuerUri must name the issuer of the callers' tokens" -}}{{- end -}}
{{- if and $v.azureWorkloadIdentity.enabled (not $v.azureWorkloadIdentity.clientId) }}{{- $wrong = append $wrong "azureWorkloadIdentity.clientId must be given (or azureWorkloadIdentity.enabled be false)" -}}{{- end -}}
{{- if and $v.callback.allowedHosts (not $v.callback.existingSecret) }}{{- $wrong = append $wrong "callback.existingSecret must name the Secret that signs callbacks to callback.allowedHosts" -}}{{- end -}}
{{- if and (or $v.console.existingSecret $v.console.scopes) (not $v.console.clientId) }}{{- $wrong = append $wrong "console.clientId must name the console's client, or there is no console" -}}{{- end -}}
{{- range $name, $given := $v.upstreams -}}
{{- if and $given.auth (eq $given.auth.type "client-credentials") -}}
{{- range $key := list "tokenUri" "clientId" "existingSecret" -}}
{{- if not (get $given.auth $key) }}{{- $wrong = append $wrong (printf "upstreams.%s.auth.%s must be given for client-credentials" $name $key) -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $most := int $v.replicas -}}
{{- if $v.autoscaling.enabled -}}
{{- $most = int $v.autoscaling.maxReplicas -}}
{{- if gt (int $v.autoscaling.minReplicas) $most }}{{- $wrong = append $wrong "autoscaling.minReplicas may not exceed autoscaling.maxReplicas" -}}{{- end -}}
{{- end -}}
{{- if eq $v.exportStore.type "azure-blob" -}}
{{- if not $v.exportStore.containerUrl }}{{- $wrong = append $wrong "exportStore.containerUrl must be given for azure-blob (https://<account>.blob.core.windows.net/<container>)" -}}{{- end -}}
{{- else if eq $v.exportStore.type "emptyDir" -}}
{{- if gt $most 1 }}{{- $wrong = append $wrong "exportStore.type emptyDir lies on one node, so no other replica can read it: use azure-blob or persistentVolumeClaim, or one replica" -}}{{- end -}}
{{- else if and (gt $most 1) (not $v.exportStore.persistentVolumeClaim.existingClaim) (ne $v.exportStore.persistentVolumeClaim.accessMode "ReadWriteMany") -}}
{{- $wrong = append $wrong "exportStore.persistentVolumeClaim.accessMode must be ReadWriteMany for more than one replica" -}}
{{- end -}}
{{- $needs := add (int $v.preStopSleepSeconds) 35 -}}
{{- if lt (int $v.terminationGracePeriodSeconds) (int $needs) }}{{- $wrong = append $wrong (printf "terminationGracePeriodSeconds must be at least preStopSleepSeconds + 35 = %d, or a stopping replica is killed while it gives its lanes back" $needs) -}}{{- end -}}
{{- if $v.podDisruptionBudget.enabled -}}
{{- $most := $v.podDisruptionBudget.maxUnavailable -}}
{{- $least := $v.podDisruptionBudget.minAvailable -}}
{{- if and (ne (toString $least) "") (ne (toString $most) "") }}{{- $wrong = append $wrong "podDisruptionBudget takes minAvailable or maxUnavailable, not both: set the other to \"\"" -}}{{- end -}}
{{- if and (eq (toString $least) "") (eq (toString $most) "") }}{{- $wrong = append $wrong "podDisruptionBudget needs minAvailable or maxUnavailable" -}}{{- end -}}
{{- $fewest := int (ternary $v.autoscaling.minReplicas $v.replicas $v.autoscaling.enabled) -}}
{{- if or (and (regexMatch "^[0-9]+$" (toString $least)) (ge (int $least) $fewest)) (eq (toString $least) "100%") (and (ne (toString $most) "") (regexMatch "^0%?$" (toString $most))) }}{{- $wrong = append $wrong "podDisruptionBudget would let no replica go, so nodes could never be drained" -}}{{- end -}}
{{- end -}}
{{- if and (eq $v.strategy.type "RollingUpdate") (regexMatch "^0%?$" (toString $v.strategy.maxSurge)) (regexMatch "^0%?$" (toString $v.strategy.maxUnavailable)) }}{{- $wrong = append $wrong "strategy.maxSurge and strategy.maxUnavailable may not both be 0" -}}{{- end -}}
{{- if and $v.networkPolicy.enabled (not $v.networkPolicy.egress.database.to) }}{{- $wrong = append $wrong "networkPolicy.egress.database.to must say where PostgreSQL is, for example [{ipBlock: {cidr: 10.0.0.4/32}}]" -}}{{- end -}}
{{- if and $v.ciliumNetworkPolicy.enabled (not $v.networkPolicy.enabled) }}{{- $wrong = append $wrong "ciliumNetworkPolicy only adds to networkPolicy, which must be enabled too" -}}{{- end -}}
{{- if and $v.ingress.enabled (not $v.ingress.host) }}{{- $wrong = append $wrong "ingress.host must be given" -}}{{- end -}}
{{- if and $v.prometheusRule.enabled (not $v.runbookBase) }}{{- $wrong = append $wrong "runbookBase must say where docs/operations.md can be read, or alerts lead nowhere" -}}{{- end -}}
{{- $ours := list "SPRING_FLYWAY_ENABLED" "SPRING_DATASOURCE_URL" "SPRING_DATASOURCE_USERNAME" "SPRING_DATASOURCE_PASSWORD" "SPRING_CONFIG_ADDITIONAL_LOCATION" "DSR_VAULT_KEYSET" "DSR_RECEIPT_KEYSET" "DSR_EXPORT_STORE" "DSR_CALLBACK_SECRET" "DSR_CONSOLE_CLIENT_SECRET" "JAVA_TOOL_OPTIONS" -}}
{{- range $v.extraEnv -}}
{{- if has .name $ours }}{{- $wrong = append $wrong (printf "extraEnv %s is set by the chart from other values" .name) -}}{{- end -}}
{{- if and (hasKey . "value") (not (hasSuffix "_FILE" .name)) (regexMatch "(?i)(password|secret|token|credential|_key$)" .name) }}{{- $wrong = append $wrong (printf "extraEnv %s looks like a secret: give it by valueFrom.secretKeyRef" .name) -}}{{- end -}}
{{- end -}}
{{- range (include "dsr-broker.secretsIn" (dict "path" "config" "value" $v.config) | fromYamlArray) -}}
{{- $wrong = append $wrong (printf "%s looks like a secret: give a variable, ${NAME}, and the variable by extraEnv" .) -}}
{{- end -}}
{{- range $v.extraVolumes -}}
{{- if has .name (list "config" "vault" "receipt" "tmp" "export") }}{{- $wrong = append $wrong (printf "extraVolumes %s is a volume of the chart" .name) -}}{{- end -}}
{{- end -}}
{{- if $wrong -}}
{{- fail (printf "\n\nThe values are not complete:\n  - %s\n" (join "\n  - " $wrong)) -}}
{{- end -}}
{{- end -}}

{{/* The paths of those settings whose name says that they are secret and whose value is no reference, as a YAML list. */}}
{{- define "dsr-broker.secretsIn" -}}
{{- $path := .path -}}
{{- if kindIs "map" .value -}}
{{- range $key, $value := .value }}
{{ include "dsr-broker.secretsIn" (dict "path" (printf "%s.%s" $path $key) "value" $value) }}
{{- end -}}
{{- else if kindIs "slice" .value -}}
{{- range $index, $value := .value }}
{{ include "dsr-broker.secretsIn" (dict "path" (printf "%s[%d]" $path $index) "value" $value) }}
{{- end -}}
{{- else if and (regexMatch "(?i)(password|passwd|secret|credential|(access|account)-?key)[^.]*$" (regexReplaceAll "\\[[0-9]+\\]$" $path "")) (not (regexMatch "^\\$\\{[A-Za-z0-9_.-]+\\}$" (toString .value))) }}
- {{ $path | quote }}
{{- end -}}
{{- end -}}
