// The choice between the feeds.
#include "read/markup.h"
#include "read/stream.h"
#include "read/token_tree.h"

namespace evenkeel {

StatusOr<PageStream> FeedPage(std::string_view page, ReadEngine engine, const Limits& limits, const std::function<bool()>& keep_going) {
  EVENKEEL_ASSIGN_OR_RETURN(const PageWork work, CheckMarkupLimits(page, limits));
  std::optional<PageStream> stream;
  if (engine == ReadEngine::kAuto) {
    TokenTree tree(page, limits);
    if (tree.Build(keep_going)) {
      stream = tree.Take();
      stream->engine = "tokens";
    } else if (tree.doubt().empty()) {
      return Status(Code::kUnavailable, "reading was stopped by the host");
    }
  }
  if (!stream) {
    EVENKEEL_ASSIGN_OR_RETURN(stream, FeedFromGumbo(page, limits, keep_going));
  }
  stream->work = work;
  return std::move(*stream);
}

}  // namespace evenkeel
