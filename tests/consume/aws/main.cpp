// A host that knows the adapters on AWS besides its own.
#include <evenkeel/aws/aws.h>

int main() {
  evenkeel::AdapterRegistry adapters;
  evenkeel::RegisterLocalAdapters(adapters);
  evenkeel::aws::RegisterAwsAdapters(adapters);
  const auto environment = evenkeel::MakeSystemEnvironment();
  evenkeel::AdapterContext context;
  context.name = "pages";
  context.environment = environment.get();
  return adapters.pages.at("s3").make(context, {{"bucket", "example"}, {"region", "us-west-2"}}).ok() ? 0 : 1;
}
