#include "lib/git/fetch_settings.h"

#include "lib/base/text.h"

namespace greenroom::git {

std::string git_configuration() {
  // The fsck messages set to ignore are harmless oddities of old, real histories.
  return R"([core]
	hooksPath = /dev/null
	fsmonitor = false
	askPass =
	packedGitLimit = 256m
	packedGitWindowSize = 32m
	bigFileThreshold = 64m
[transfer]
	fsckObjects = true
	bundleURI = false
	credentialsInUrl = die
[fetch]
	fsckObjects = true
	unpackLimit = 1
	recurseSubmodules = false
	writeCommitGraph = false
[fetch "fsck"]
	zeroPaddedFilemode = ignore
	badTimezone = ignore
	missingSpaceBeforeDate = ignore
[submodule]
	recurse = false
[credential]
	helper =
[http]
	followRedirects = false
	lowSpeedLimit = 1000
	lowSpeedTime = 30
[protocol]
	version = 2
[pack]
	threads = 1
	windowMemory = 128m
[gc]
	auto = 2000
	autoPackLimit = 50
	autoDetach = false
[maintenance]
	auto = false
[safe]
	bareRepository = explicit
	directory = *
)";
}

std::string askpass_script() {
  return "#!/bin/sh\n"
         "# Answers git's two questions; the token is on an inherited descriptor, never in an argument.\n"
         "case \"$1\" in\n"
         "Username*) echo x-access-token ;;\n"
         "*) cat \"/proc/self/fd/$GREENROOM_TOKEN_FD\" ;;\n"
         "esac\n";
}

std::vector<std::pair<std::string, std::string>> git_environment(const std::string& configuration_file,
                                                                 const std::string& allow_protocol) {
  return {{"PATH", "/usr/bin:/bin"},
          {"HOME", "/nonexistent"},
          {"LC_ALL", "C"},
          {"GIT_CONFIG_NOSYSTEM", "1"},
          {"GIT_CONFIG_GLOBAL", configuration_file},
          {"GIT_ATTR_NOSYSTEM", "1"},
          {"GIT_ALLOW_PROTOCOL", allow_protocol},
          {"GIT_PROTOCOL_FROM_USER", "0"},
          {"GIT_TERMINAL_PROMPT", "0"},
          {"GIT_NO_LAZY_FETCH", "1"},
          {"GIT_NO_REPLACE_OBJECTS", "1"},
          {"GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=20 -oForwardAgent=no -oPermitLocalCommand=no"}};
}

bool is_allowed_url(const std::string& url, const std::string& allow_protocol) {
  for (const auto protocol : split(allow_protocol, ':')) {
    if (!protocol.empty() && url.starts_with(std::string(protocol) + "://")) return true;
  }
  return false;
}

}  // namespace greenroom::git
