// The insertion modes "initial" to "after head", and those behind the body.
#include "read/token_tree.h"

namespace evenkeel {

// Opens and closes what the standard implies until `phase` is reached.
void TokenTree::ImplyUpTo(Phase phase) {
  if (phase_ == Phase::kInitial && phase_ < phase) {
    Push(ElementKind::kHtml, "html", nullptr);
    phase_ = Phase::kBeforeHead;
  }
  if (phase_ == Phase::kBeforeHead && phase_ < phase) {
    Push(ElementKind::kHead, "head", nullptr);
    phase_ = Phase::kInHead;
  }
  if (phase_ == Phase::kInHead && phase_ < phase) {
    Pop();
    phase_ = Phase::kAfterHead;
  }
  if (phase_ == Phase::kAfterHead && phase_ < phase) {
    Push(ElementKind::kBody, "body", nullptr);
    phase_ = Phase::kInBody;
  }
}

bool TokenTree::StartTag(const Tag& tag) {
  if (phase_ > Phase::kInBody) return Doubt("a tag behind the body");
  if (phase_ < Phase::kInBody) return StartInHead(tag);
  return StartInBody(tag);
}

bool TokenTree::StartInHead(const Tag& tag) {
  if (tag.kind == ElementKind::kHtml) {
    if (phase_ != Phase::kInitial) return Doubt("a second <html>");
    phase_ = Phase::kBeforeHead;
    return Insert(tag);
  }
  ImplyUpTo(Phase::kBeforeHead);
  if (tag.kind == ElementKind::kHead) {
    if (phase_ != Phase::kBeforeHead) return Doubt("a second <head>");
    phase_ = Phase::kInHead;
    return Insert(tag);
  }
  ImplyUpTo(Phase::kInHead);
  const bool metadata = tag.kind == ElementKind::kMetadata;
  const bool text = tag.kind == ElementKind::kTitle || tag.kind == ElementKind::kRaw;
  if (tag.kind == ElementKind::kOther || tag.kind == ElementKind::kNoScript || (tag.kind == ElementKind::kUnknown && tag.token.self_closing)) return Doubt("an uncertain element before the body");
  if (phase_ == Phase::kInHead && metadata) return InsertVoid(tag);
  if (phase_ == Phase::kInHead && text) return TextElement(tag);
  if (metadata || text) return Doubt("metadata behind the head");  // it goes back into the head
  ImplyUpTo(Phase::kAfterHead);
  if (tag.kind == ElementKind::kBody) {
    phase_ = Phase::kInBody;
    return Insert(tag);
  }
  ImplyUpTo(Phase::kInBody);
  return StartInBody(tag);
}

bool TokenTree::EndTag(const Tag& tag) {
  if (phase_ == Phase::kInHead && tag.kind == ElementKind::kHead) {
    ImplyUpTo(Phase::kAfterHead);
    return true;
  }
  if (phase_ < Phase::kInBody) return Doubt("an end tag before the body");
  if (tag.kind == ElementKind::kBody || tag.kind == ElementKind::kHtml) return EndBody(tag);
  if (phase_ > Phase::kInBody) return Doubt("a tag behind the body");
  return EndInBody(tag);
}

// Neither ends an element: both stay open until the page ends.
bool TokenTree::EndBody(const Tag& tag) {
  const bool body = tag.kind == ElementKind::kBody;
  if (phase_ > (body ? Phase::kInBody : Phase::kAfterBody)) return Doubt("a second end of the body");
  if (tables_ > 0 || selects_ > 0 || Top().foreign) return Doubt("the body ends inside an element");
  (body ? body_end_ : html_end_) = tag.token.span;
  phase_ = body ? Phase::kAfterBody : Phase::kAfterHtml;
  return true;
}

}  // namespace evenkeel
