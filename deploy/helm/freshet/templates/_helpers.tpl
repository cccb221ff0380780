{{- define "freshet.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "freshet.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "freshet.labels" -}}
{{ include "freshet.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "freshet.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "freshet.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{/* The usual rule from a setting's name to an environment variable's. */}}
{{- define "freshet.variable" -}}
{{- regexReplaceAll "[^A-Za-z0-9]" . "_" | upper -}}
{{- end -}}

{{/* The series of this release. */}}
{{- define "freshet.series" -}}
namespace="{{ .Release.Namespace }}",pod=~"{{ include "freshet.fullname" . }}-.+"
{{- end -}}

{{/* A value as text: a large number stays as it was written. */}}
{{- define "freshet.text" -}}
{{- if kindIs "string" . }}{{ . | quote }}{{ else }}{{ toJson . | quote }}{{ end -}}
{{- end -}}

{{/* How many workspaces are configured, as far as the values tell. */}}
{{- define "freshet.workspaces" -}}
{{- $count := 1 -}}
{{- range $name, $value := .Values.settings -}}
{{- if regexMatch "^freshet\\.workspace\\..+\\.account$" $name -}}{{- $count = add1 $count -}}{{- end -}}
{{- end -}}
{{- range .Values.extraEnv -}}
{{- if regexMatch "^FRESHET_WORKSPACE_.+_ACCOUNT$" .name -}}{{- $count = add1 $count -}}{{- end -}}
{{- end -}}
{{- $count -}}
{{- end -}}

{{- define "freshet.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* Of the pod that "helm test" starts: the service must not lead to it. */}}
{{- define "freshet.testLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}-test
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
