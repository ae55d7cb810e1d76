#pragma once

#include <string>
#include <utility>

#include "evenkeel/plan.h"
#include "handle.h"

struct ek_plan : evenkeel::capi::Handle {
  static constexpr evenkeel::capi::Tag kTag = evenkeel::capi::Tag::kPlan;

  ek_plan(evenkeel::Plan made, std::string document, std::string of_run)
      : Handle(kTag), plan(std::move(made)), json(std::move(document)), run(std::move(of_run)) {}

  const evenkeel::Plan plan;
  const std::string json, run;
};
