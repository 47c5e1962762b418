#pragma once
// Counters, gauges and histograms in Prometheus's text format, on prometheus-cpp. Its header stays in metrics.cc.
// Thread-safe. Names follow Prometheus: greenroom_<noun>_total for counters, units at the end. Label values are from a
// closed set, never text that came from outside.

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace greenroom::metrics {

using Labels = std::map<std::string, std::string>;

class Registry {
 public:
  Registry();
  ~Registry();
  void count(const std::string& name, const std::string& help, const Labels& labels = {}, double by = 1);
  void set(const std::string& name, const std::string& help, double value, const Labels& labels = {});
  // Adds to what set() sets; `by` may be negative.
  void change(const std::string& name, const std::string& help, double by, const Labels& labels = {});
  // One duration, in a histogram from a tenth of a second to half an hour.
  void observe(const std::string& name, const std::string& help, double seconds);
  std::string text() const;  // text/plain; version=0.0.4

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace greenroom::metrics
