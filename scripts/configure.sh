# shellcheck shell=bash disable=SC2154  # names come from layout.sh
# One configuration file a service, with the secrets that this service may hold and no others. Sourced after database.sh.

# write_config NAME < text: readable by the service's own user only.
write_config() {
  local file=$config/$1.yml
  (umask 077 && cat >"$file.new")
  if is_root; then chown "$(user_of "$1")" "$file.new"; fi
  mv "$file.new" "$file"
}

shared_config() {
  cat <<YAML
state: {directory: "$state"}
templates: {directory: "$app/templates"}
database: {conninfo: "host=$run port=$postgres_port dbname=greenroom", user: "greenroom_$1", password: "$(secret "database-$1")"}
YAML
}
redis_config() { echo "redis: {socket: \"$run/redis.sock\", username: greenroom, password: \"$(secret redis)\"}"; }
dashboard_address() { echo "http://127.0.0.1:$dashboard_port"; }

write_configs() {
  { shared_config webhook; cat <<YAML; } | write_config webhook
webhook: {listen: "127.0.0.1:$webhook_port", seal_key: "$(secret seal-webhook)"}
local: {webhook_secret: "$(secret webhook-local)"}
YAML
  { shared_config bot; redis_config; cat <<YAML; } | write_config bot
dashboard: {url: "$(dashboard_address)"}
webhook: {url: "http://127.0.0.1:$webhook_port"}
bot: {marker_key: "$(secret marker)", seal_key: "$(secret seal-bot)"}
# Every account of this practice host was made by whoever runs it: docs/approval.md.
approval: {required: never}
local: {git_root: "$state/git"}
YAML
  { shared_config runner; redis_config; cat <<YAML; } | write_config runner
tools: {directory: "$([ -d "$state/tools/bin" ] && echo "$state/tools")"}
local: {git_root: "$state/git"}
YAML
  { shared_config dashboard; redis_config; cat <<YAML; } | write_config dashboard
dashboard: {listen: "127.0.0.1:$dashboard_port", url: "$(dashboard_address)"}
webhook: {url: "http://127.0.0.1:$webhook_port"}
local: {git_root: "$state/git", webhook_secret: "$(secret webhook-local)"}
YAML
  # The administrator's own: `greenroom migrate`, `seed`, `sign-in-link`, and the practice host's push hook.
  cat <<YAML | write_config admin
state: {directory: "$state"}
templates: {directory: "$app/templates"}
database: {conninfo: "host=$run port=$postgres_port dbname=greenroom", user: greenroom_owner, password: "$(secret database-owner)"}
redis: {socket: "$run/redis.sock", username: greenroom, password: "$(secret redis)"}
tools: {directory: "$([ -d "$state/tools/bin" ] && echo "$state/tools")"}
dashboard: {url: "$(dashboard_address)"}
webhook: {url: "http://127.0.0.1:$webhook_port"}
bot: {marker_key: "$(secret marker)"}
local: {git_root: "$state/git", webhook_secret: "$(secret webhook-local)"}
YAML
}

# admin ARGUMENTS…: the installed CLI with the administrator's configuration, as the service user.
admin() { as_user "$service_user" env GREENROOM_CONFIG="$config/admin.yml" "$app/bin/greenroom" "$@"; }

# role_passwords: what `greenroom migrate --roles` reads: one "role password" a line.
role_passwords() {
  local name
  for name in webhook bot runner dashboard; do echo "greenroom_$name $(secret "database-$name")"; done
}
