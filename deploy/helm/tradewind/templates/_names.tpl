{{- define "tradewind.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "tradewind.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "tradewind.labels" -}}
{{ include "tradewind.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "tradewind.image" -}}
{{- if .Values.image.digest }}{{ .Values.image.repository }}@{{ .Values.image.digest }}{{ else }}{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- /* The server's own drain, then Envoy, models and the rest: at most 25 s. */ -}}
{{- define "tradewind.grace" -}}
{{ add .Values.drain.preStopSeconds .Values.drain.timeoutSeconds 25 }}
{{- end }}

{{- define "tradewind.scheme" -}}
{{ if .Values.tls.existingSecret }}HTTPS{{ else }}HTTP{{ end }}
{{- end }}

{{- define "tradewind.podSecurity" -}}
runAsNonRoot: true
{{- with .Values.securityContext.runAsUser }}
runAsUser: {{ . | int64 }}
runAsGroup: 0
{{- end }}
{{- with .Values.securityContext.fsGroup }}
fsGroup: {{ . | int64 }}
fsGroupChangePolicy: OnRootMismatch
{{- end }}
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "tradewind.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "tradewind.probes" -}}
{{- $scheme := include "tradewind.scheme" . -}}
startupProbe:
  httpGet: { path: /healthz, port: rest, scheme: {{ $scheme }} }
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 90
livenessProbe:
  httpGet: { path: /healthz, port: rest, scheme: {{ $scheme }} }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: { path: /readyz, port: rest, scheme: {{ $scheme }} }
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 2
{{- end }}

{{- define "tradewind.spread" -}}
{{- if .Values.topologySpreadConstraints }}
{{- toYaml .Values.topologySpreadConstraints }}
{{- else }}
{{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
- maxSkew: 1
  topologyKey: {{ $key }}
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "tradewind.selector" $ | nindent 6 }}
      app.kubernetes.io/component: {{ $.component }}
{{- end }}
{{- end }}
{{- end }}

{{- define "tradewind.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{- /* One setting from a Secret; absent where none is named. */ -}}
{{- define "tradewind.secretEnv" -}}
- name: {{ .name }}
  valueFrom: { secretKeyRef: { name: {{ .secret }}, key: {{ .key }} } }
{{- end }}

{{- define "tradewind.settings" -}}
{{- range $name, $value := .Values.settings }}
- name: {{ $name }}
  {{- /* YAML's numbers are floats here: 1000000 would be told as 1e+06. */}}
  value: {{ if and (kindIs "float64" $value) (eq (floor $value) $value) }}{{ $value | int64 | quote }}{{ else }}{{ $value | toString | quote }}{{ end }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "tradewind.databaseEnv" -}}
{{- if .Values.database.existingSecret }}
{{ include "tradewind.secretEnv" (dict "name" "TRADEWIND_DATABASE_URL" "secret" .Values.database.existingSecret "key" .Values.database.key) }}
{{- end }}
{{- end }}

{{- define "tradewind.gateEnv" -}}
{{- if .Values.tls.existingSecret }}
- { name: TRADEWIND_TLS_CERT, value: /etc/tradewind/tls/tls.crt }
- { name: TRADEWIND_TLS_KEY, value: /etc/tradewind/tls/tls.key }
{{- end }}
{{- end }}

{{- define "tradewind.authEnv" -}}
{{- with .Values.auth }}
{{- if .existingSecret }}
{{ include "tradewind.secretEnv" (dict "name" "TRADEWIND_ADMIN_KEY" "secret" .existingSecret "key" .adminKey) }}
{{ include "tradewind.secretEnv" (dict "name" "TRADEWIND_SECRET_KEY" "secret" .existingSecret "key" .secretKey) }}
{{- end }}
{{- end }}
{{- end }}
