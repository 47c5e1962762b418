#include "lib/metrics/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace greenroom::metrics {

struct Registry::Impl {
  prometheus::Registry registry{prometheus::Registry::InsertBehavior::Merge};
};

Registry::Registry() : impl_(std::make_unique<Impl>()) {}
Registry::~Registry() = default;

void Registry::count(const std::string& name, const std::string& help, const Labels& labels, double by) {
  prometheus::BuildCounter().Name(name).Help(help).Register(impl_->registry).Add(labels).Increment(by);
}

void Registry::set(const std::string& name, const std::string& help, double value, const Labels& labels) {
  prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry).Add(labels).Set(value);
}

void Registry::change(const std::string& name, const std::string& help, double by, const Labels& labels) {
  prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry).Add(labels).Increment(by);
}

void Registry::observe(const std::string& name, const std::string& help, double seconds) {
  static const prometheus::Histogram::BucketBoundaries kSeconds{0.1, 0.3, 1, 3, 10, 30, 60, 180, 600, 1800};
  prometheus::BuildHistogram().Name(name).Help(help).Register(impl_->registry).Add({}, kSeconds).Observe(seconds);
}

std::string Registry::text() const { return prometheus::TextSerializer().Serialize(impl_->registry.Collect()); }

}  // namespace greenroom::metrics
