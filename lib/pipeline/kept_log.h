#pragma once
// What a check keeps of all that its tool printed. Pure.

#include "lib/model/check.h"
#include "lib/process/process.h"

namespace greenroom::pipeline {

// Sets log_head, log_tail and log_cut: standard output, then standard error; 64 KiB of each end. Copies no more than
// that of a flood.
void keep_log(const process::Capture& out, const process::Capture& err, model::CheckResult& result);

}  // namespace greenroom::pipeline
