#include "aws/aws_state.h"

#include "aws/document_table.h"
#include "aws/state_bucket.h"
#include "evenkeel/examined.h"

namespace evenkeel::aws {
namespace {

class AwsState final : public StateStore, public Examined {
 public:
  explicit AwsState(AwsStateParts parts)
      : transport_(std::move(parts.transport)), credentials_(std::move(parts.credentials)),
        client_(parts.table.region, "dynamodb", *transport_, *credentials_, *parts.environment, kDynamoRetries), table_(std::move(parts.table), client_),
        documents_(table_, parts.prefix, *parts.environment),
        bucket_(std::move(parts.objects), parts.prefix, "s3://" + parts.bucket + "/" + parts.prefix, *parts.environment) {}

  StatusOr<StateDocument> GetDocument(std::string_view kind, std::string_view id) override { return documents_.Get(kind, id); }
  StatusOr<StateDocument> PutDocument(std::string_view kind, std::string_view id, const Json& value, const std::optional<Version>& expected) override {
    return documents_.Put(kind, id, value, expected);
  }
  Status DeleteDocument(std::string_view kind, std::string_view id, const Version& expected) override { return documents_.Delete(kind, id, expected); }
  StatusOr<std::vector<StateDocument>> ListDocuments(std::string_view kind) override { return documents_.List(kind); }

  Status PutBlob(std::string_view name, std::string_view bytes) override { return bucket_.PutBlob(name, bytes); }
  StatusOr<std::string> GetBlob(std::string_view name) override { return bucket_.GetBlob(name); }
  Status RemoveBlob(std::string_view name) override { return bucket_.RemoveBlob(name); }
  std::string BlobLocation(std::string_view name) const override { return bucket_.BlobLocation(name); }

  Status AppendJournal(std::string_view run, std::uint64_t sequence, std::string_view line) override { return bucket_.Append(run, sequence, line); }
  StatusOr<JournalLines> ReadJournal(std::string_view run) override { return bucket_.ReadJournal(run); }
  StatusOr<std::vector<std::string>> ListJournals() override { return bucket_.ListJournals(); }
  Status RemoveJournal(std::string_view run) override { return bucket_.RemoveJournal(run); }

  std::vector<Check> Examine() override {
    const Status tried = bucket_.Try();
    return {{table_.settings().store, "bucket", tried.ok(), tried.ok() ? "an object was made, read and removed under " + bucket_.location() : tried.ToString()}};
  }

 private:
  const std::shared_ptr<HttpTransport> transport_;
  const std::shared_ptr<CredentialsProvider> credentials_;
  Client client_;
  DynamoTable table_;
  DocumentTable documents_;
  StateBucket bucket_;
};

}  // namespace

std::unique_ptr<StateStore> MakeAwsState(AwsStateParts parts) { return std::make_unique<AwsState>(std::move(parts)); }

}  // namespace evenkeel::aws
