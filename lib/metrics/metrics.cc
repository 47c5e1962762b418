#include "lib/metrics/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
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

std::string Registry::text() const { return prometheus::TextSerializer().Serialize(impl_->registry.Collect()); }

}  // namespace greenroom::metrics
