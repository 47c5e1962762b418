#pragma once
// What the kernel would answer to one system call under a seccomp program: an interpreter of the few instructions that
// libseccomp uses.

#include <gtest/gtest.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace greenroom::sandbox {

inline std::uint32_t verdict_of(const std::string& program, const seccomp_data& data) {
  std::vector<sock_filter> steps(program.size() / sizeof(sock_filter));
  std::memcpy(steps.data(), program.data(), program.size());
  std::uint32_t a = 0;
  for (std::size_t at = 0; at < steps.size(); ++at) {
    const sock_filter& step = steps[at];
    const auto jump = [&](bool taken) { at += taken ? step.jt : step.jf; };
    switch (step.code) {
      case BPF_LD | BPF_W | BPF_ABS: std::memcpy(&a, reinterpret_cast<const char*>(&data) + step.k, sizeof a); break;
      case BPF_ALU | BPF_AND | BPF_K: a &= step.k; break;
      case BPF_JMP | BPF_JA: at += step.k; break;
      case BPF_JMP | BPF_JEQ | BPF_K: jump(a == step.k); break;
      case BPF_JMP | BPF_JGT | BPF_K: jump(a > step.k); break;
      case BPF_JMP | BPF_JGE | BPF_K: jump(a >= step.k); break;
      case BPF_RET | BPF_K: return step.k;
      default: ADD_FAILURE() << "unknown instruction " << step.code; return 0;
    }
  }
  ADD_FAILURE() << "the program has no end";
  return 0;
}

using CallArguments = std::array<std::uint64_t, 3>;

inline std::uint32_t verdict_of(const std::string& program, std::uint32_t arch, int call,
                                const CallArguments& arguments = {}) {
  seccomp_data data{};
  data.arch = arch;
  data.nr = call;
  std::copy(arguments.begin(), arguments.end(), data.args);
  return verdict_of(program, data);
}

constexpr std::uint32_t kNative = AUDIT_ARCH_X86_64;
constexpr std::uint32_t answers(int error) { return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error); }

}  // namespace greenroom::sandbox
