// The feed that stands on gumbo-parser. The only file that includes gumbo.h.
//
// gumbo's positions are not to be trusted (misnested, foster-parented and run-on nodes lie about them), so every span is
// compared with the bytes it names before it goes into the stream. gumbo allocates from an arena with a cap; running into
// the cap leaves the parser by longjmp, which is sound because only C frames are skipped and the arena owns everything.
#include <gumbo.h>

#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "read/bytes.h"
#include "read/glyphs.h"
#include "read/markup.h"
#include "read/stream.h"

namespace evenkeel {
namespace {

class Arena {
 public:
  Arena(std::size_t bytes_max, const std::function<bool()>& keep_going) : left_(bytes_max), keep_going_(keep_going) {}

  // Never returns null: leaves through `escape` when the cap is reached or the host says stop.
  void* Allocate(std::size_t size) {
    size = (size + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
    if (size > chunk_left_) TakeChunk(size);
    void* block = next_;
    next_ += size;
    chunk_left_ -= size;
    return block;
  }

  std::jmp_buf escape;
  bool stopped = false;  // by the host, not by the cap

 private:
  void TakeChunk(std::size_t size) {
    constexpr std::size_t kChunk = 1u << 20;
    const std::size_t wanted = std::max(size, kChunk);
    stopped = keep_going_ && !keep_going_();
    if (stopped || wanted > left_) std::longjmp(escape, 1);
    auto* block = static_cast<char*>(std::malloc(wanted));
    if (block == nullptr) std::longjmp(escape, 1);
    left_ -= wanted;
    next_ = block;
    chunk_left_ = wanted;
    chunks_.emplace_back(block);
  }

  struct FreeBlock {
    void operator()(char* block) const { std::free(block); }
  };
  std::size_t left_;
  const std::function<bool()>& keep_going_;
  std::vector<std::unique_ptr<char, FreeBlock>> chunks_;
  char* next_ = nullptr;
  std::size_t chunk_left_ = 0;
};

void* AllocateFromArena(void* arena, std::size_t size) { return static_cast<Arena*>(arena)->Allocate(size); }
void KeepInArena(void*, void*) {}

// Null when the arena ran out. Holds no object with a destructor: longjmp passes through it.
GumboOutput* ParseInArena(Arena* arena, const char* bytes, std::size_t size) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = AllocateFromArena;
  options.deallocator = KeepInArena;
  options.userdata = arena;
  options.max_errors = 0;
  if (setjmp(arena->escape) != 0) return nullptr;
  return gumbo_parse_with_options(&options, bytes, size);
}

// Whether the letters and digits of `run` are those of `text` from *at on, which moves behind them. Only ASCII letters and
// digits count: what entity tables, line endings and invalid bytes cannot change.
bool Spells(std::string_view run, std::string_view text, std::size_t* at) {
  std::size_t t = *at;
  for (const char c : run) {
    if (!IsAlnum(c)) continue;
    while (t < text.size() && !IsAlnum(text[t])) ++t;
    if (t == text.size() || text[t] != c) return false;
    ++t;
  }
  *at = t;
  return true;
}

class StreamBuilder {
 public:
  StreamBuilder(std::string_view page, std::size_t offset) : page_(page), offset_(offset) {}

  Status Walk(const GumboNode* document, const Limits& limits, const std::function<bool()>& keep_going) {
    struct Step {
      const GumboNode* node;
      std::size_t child;
    };
    std::vector<Step> open{{document, 0}};
    std::size_t nodes = 0;
    while (!open.empty()) {
      Step& step = open.back();
      const GumboVector& children = ChildrenOf(step.node);
      if (step.child >= children.length) {
        if (step.node->type != GUMBO_NODE_DOCUMENT) Close(step.node);
        open.pop_back();
        continue;
      }
      const auto* child = static_cast<const GumboNode*>(children.data[step.child++]);
      if (++nodes > limits.page_nodes) return TooMuch("nodes (page_nodes)", limits.page_nodes);
      if (nodes % 1024 == 0 && keep_going && !keep_going()) return Status(Code::kUnavailable, "reading was stopped by the host");
      if (child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE) {
        if (open.size() > limits.page_depth * 2) return TooMuch("open elements inside each other (page_depth)", limits.page_depth);
        Open(child);
        open.push_back({child, 0});
      } else {
        Text(child, step.node);
      }
    }
    return OkStatus();
  }

  PageStream Take() { return std::move(stream_); }

  static Status TooMuch(std::string_view what, std::size_t limit) {
    return Status(Code::kLimitExceeded, "the page has more than " + std::to_string(limit) + " " + std::string(what) +
                                            "; raise the limit only for a page you trust");
  }

 private:
  static const GumboVector& ChildrenOf(const GumboNode* node) {
    return node->type == GUMBO_NODE_DOCUMENT ? node->v.document.children : node->v.element.children;
  }

  // The span of a piece of the page; empty when it does not lie in it.
  Span SpanOf(const GumboStringPiece& piece) const {
    const char* base = page_.data() + offset_;
    if (piece.data == nullptr || piece.length == 0 || piece.data < base) return {};
    const auto begin = static_cast<std::size_t>(piece.data - page_.data());
    if (begin >= page_.size() || piece.length > page_.size() - begin) return {};
    return {begin, begin + piece.length};
  }

  std::string NameOf(const GumboElement& element) const {
    const char* known = gumbo_normalized_tagname(element.tag);
    if (known != nullptr && *known != '\0') return known;
    GumboStringPiece text = element.original_tag;
    if (text.data == nullptr || text.length == 0) return {};
    gumbo_tag_from_original_text(&text);
    return ToLower(std::string_view(text.data, text.length));
  }

  // Empty unless the bytes are "<name" or "</name".
  Span TagSpan(const GumboStringPiece& piece, const std::string& name, bool close) const {
    const Span span = SpanOf(piece);
    const std::size_t skip = close ? 2 : 1;
    if (span.size() < name.size() + skip || page_[span.begin] != '<' || (close && page_[span.begin + 1] != '/')) return {};
    const std::string_view written = page_.substr(span.begin + skip, name.size());
    const bool image = name == "img" && EqualsFolded(page_.substr(span.begin + skip, 5), "image");
    if (!image && !EqualsFolded(written, name)) return {};
    return {span.begin, FindTagEnd(page_.substr(0, span.end), span.begin)};
  }

  void Open(const GumboNode* node) {
    const GumboElement& element = node->v.element;
    StreamPiece piece;
    piece.kind = PieceKind::kOpen;
    piece.name = NameOf(element);
    piece.span = TagSpan(element.original_tag, piece.name, false);
    const unsigned cloned = GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT | GUMBO_INSERTION_ADOPTION_AGENCY_CLONED;
    piece.clone = (static_cast<unsigned>(node->parse_flags) & cloned) != 0;
    piece.first_attribute = stream_.attributes.size();
    if (!piece.span.empty() && !piece.clone) {
      for (StreamAttribute& attribute : ScanAttributes(page_, piece.span)) stream_.attributes.push_back(std::move(attribute));
    }
    piece.attribute_count = stream_.attributes.size() - piece.first_attribute;
    stream_.pieces.push_back(std::move(piece));
  }

  void Close(const GumboNode* node) {
    StreamPiece piece;
    piece.kind = PieceKind::kClose;
    piece.name = NameOf(node->v.element);
    piece.span = TagSpan(node->v.element.original_end_tag, piece.name, true);
    stream_.pieces.push_back(std::move(piece));
  }

  void Text(const GumboNode* node, const GumboNode* parent) {
    StreamPiece piece;
    piece.span = SpanOf(node->v.text.original_text);
    if (node->type == GUMBO_NODE_COMMENT) {
      AddComment(piece);
      return;
    }
    const std::string name = parent->type == GUMBO_NODE_DOCUMENT ? std::string() : NameOf(parent->v.element);
    if (name == "script" || name == "style") {
      AddRaw(std::move(piece), name);
      return;
    }
    AddText(piece.span, node->v.text.text, node->type == GUMBO_NODE_WHITESPACE);
  }

  void AddComment(StreamPiece piece) {
    const std::string_view bytes = piece.span.In(page_);
    if (bytes.size() < 4 || bytes.substr(0, 4) != "<!--") return;
    const std::size_t tail = bytes.size() >= 7 && bytes.substr(bytes.size() - 3) == "-->" ? 3 : 0;
    piece.kind = PieceKind::kComment;
    piece.span = {piece.span.begin + 4, piece.span.end - tail};
    stream_.pieces.push_back(std::move(piece));
  }

  void AddRaw(StreamPiece piece, const std::string& name) {
    piece.kind = PieceKind::kRaw;
    piece.name = name;
    piece.span = CutRawText(page_, piece.span, name);  // it may run on over its end tag
    if (!piece.span.empty()) stream_.pieces.push_back(std::move(piece));
  }

  // The bytes of one text node may run on over a tag, or lie on both sides of something that was moved elsewhere. Takes
  // the runs between tags, as long as together they spell what the parser read.
  void AddText(Span span, std::string_view text, bool whitespace) {
    if (span.empty()) {
      stream_.unquoted += whitespace ? 0 : 1;
      return;
    }
    std::size_t spelled = 0;  // of `text`
    std::size_t at = span.begin;
    constexpr int kRunsMax = 64;
    for (int run = 0; run < kRunsMax && at < page_.size() && moved_bytes_ <= page_.size(); ++run) {
      std::size_t end = at;
      while (end < page_.size() && !IsTagStart(end) && !(run == 0 && end >= span.end)) ++end;
      if (run > 0) moved_bytes_ += end - at;
      const std::size_t before = spelled;
      const bool entities = page_.substr(at, end - at).find('&') != std::string_view::npos;
      const bool fits = entities ? Spells(DecodeText(page_, {at, end}, Spelling{.entities = true}), text, &spelled) : Spells(page_.substr(at, end - at), text, &spelled);
      if (fits && at < end && (run == 0 || spelled != before)) stream_.pieces.push_back({.kind = PieceKind::kText, .clone = false, .name = {}, .span = {at, end}});
      if (std::none_of(text.begin() + static_cast<std::ptrdiff_t>(spelled), text.end(), IsAlnum)) return;
      at = end;
      while (at < page_.size() && IsTagStart(at)) {
        const std::size_t after = page_.substr(at, 4) == "<!--" ? CommentEnd(at) : FindTagEnd(page_, at);
        moved_bytes_ += after - at;
        at = after;
      }
    }
    ++stream_.unquoted;
  }

  bool IsTagStart(std::size_t at) const {
    if (page_[at] != '<' || at + 1 >= page_.size()) return false;
    const char next = page_[at + 1];
    return IsAlpha(next) || next == '!' || next == '?' || next == '/';
  }
  std::size_t CommentEnd(std::size_t at) const {
    const std::size_t end = page_.find("-->", at + 4);
    return end == std::string_view::npos ? page_.size() : end + 3;
  }

  std::string_view page_;
  std::size_t offset_;  // of the bytes that gumbo was given
  std::size_t moved_bytes_ = 0;  // read to find text on the far side of markup: counted, so that a page cannot ask for it without end
  PageStream stream_;
};

}  // namespace

StatusOr<PageStream> FeedFromGumbo(std::string_view page, const Limits& limits, const std::function<bool()>& keep_going) {
  // After a byte order mark gumbo gives <body> no position.
  const std::size_t offset = page.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
  Arena arena(limits.arena_bytes, keep_going);
  const GumboOutput* output = ParseInArena(&arena, page.data() + offset, page.size() - offset);
  if (output == nullptr) {
    if (arena.stopped) return Status(Code::kUnavailable, "reading was stopped by the host");
    return StreamBuilder::TooMuch("bytes of memory while parsing (arena_bytes)", limits.arena_bytes);
  }
  StreamBuilder builder(page, offset);
  EVENKEEL_RETURN_IF_ERROR(builder.Walk(output->document, limits, keep_going));
  PageStream stream = builder.Take();
  stream.engine = "gumbo";
  return stream;
}

}  // namespace evenkeel
