{{- define "schoolbell.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* Short enough for `-dispatcher` behind it. */}}
{{- define "schoolbell.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "schoolbell.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "schoolbell.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "schoolbell.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "schoolbell.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "schoolbell.image" -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}

{{/* What tells the pods of a part from all others; never changes. Called with (dict "root" $ "part" "api"). */}}
{{- define "schoolbell.selectorLabels" -}}
app.kubernetes.io/name: {{ include "schoolbell.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{- define "schoolbell.labels" -}}
{{ include "schoolbell.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Settings that come from Secrets. Called with (dict "root" $ "names" (list "DATABASE_URL")). */}}
{{- define "schoolbell.secretEnv" -}}
{{- range $name := .names }}
{{- with get $.root.Values.secretRefs $name }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ .name }}
      key: {{ .key }}
      {{- if .optional }}
      optional: true
      {{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What every pod may do: as little as possible. */}}
{{- define "schoolbell.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{- define "schoolbell.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end -}}

{{/* API and dispatcher give back what the C library would keep. */}}
{{- define "schoolbell.serviceEnv" -}}
- name: MALLOC_ARENA_MAX
  value: '2'
- name: MALLOC_TRIM_THRESHOLD_
  value: '131072'
- name: SHUTDOWN_GRACE_SECONDS
  value: {{ .Values.shutdownGraceSeconds | quote }}
- name: METRICS_HOST
  value: 0.0.0.0
- name: METRICS_PORT
  value: {{ .Values.metrics.port | quote }}
{{- end -}}

{{/* Five seconds for the endpoints to forget the pod, and five for its last lines of the log. */}}
{{- define "schoolbell.terminationGracePeriodSeconds" -}}
{{- add .Values.shutdownGraceSeconds 10 -}}
{{- end -}}

{{/* Where pods go. Called with (dict "root" $ "part" "api"). */}}
{{- define "schoolbell.scheduling" -}}
{{- $values := get .root.Values .part -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "schoolbell.selectorLabels" . | nindent 8 }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* What both services have in common above their containers. */}}
{{- define "schoolbell.podTemplateMetadata" -}}
{{- $values := get .root.Values .part -}}
metadata:
  annotations:
    # Another setting starts the pods anew.
    checksum/settings: {{ toJson .root.Values.settings | sha256sum }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  labels:
    {{- include "schoolbell.labels" . | nindent 4 }}
    {{- with $values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}

{{/* Node with what it is told. Called with (dict "root" $ "part" "api"). */}}
{{- define "schoolbell.command" -}}
{{- $tracing := ternary (list "--import" "./dist/apps/tracing/src/register.js") list (hasKey .root.Values.settings "OTEL_EXPORTER_OTLP_ENDPOINT") -}}
{{- toYaml (concat (list "node") .root.Values.nodeArgs $tracing (list (printf "dist/bundles/%s.js" .part))) -}}
{{- end -}}
