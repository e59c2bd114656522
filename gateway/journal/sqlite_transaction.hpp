#pragma once
#include <map>
#include <tuple>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/transaction.hpp"

namespace duenotice {

/// The transaction contract over prepared statements, and what the store needs around it. One object serves
/// all units of work of a process. The journal's thread.
class SqliteTransaction final : public Transaction {
 public:
  /// `database` has the current schema and outlives this object.
  SqliteTransaction(sqlite::Database& database, std::int64_t epoch);

  /// Around each unit of work, inside the store's savepoint: what is kept in memory follows the database.
  void begin_work();
  void end_work();
  void undo_work();
  /// After a commit, and after the rollback of a whole group.
  void group_committed() { committed_sequence_ = sequence_; }
  void undo_group();

  std::int64_t epoch() const override { return epoch_; }

  std::optional<ClaimedIdentity> claimed(std::string_view source, std::string_view request_id) override;
  NoticeNumber insert_notice(const Notice& notice, std::string_view request_json) override;
  Notice notice(NoticeNumber number) override;
  std::optional<NoticeNumber> find_notice(std::string_view notice_id) override;
  std::string request_json(NoticeNumber number) override;
  void update_notice(const Notice& notice) override;

  void insert_rendering(const Rendering& rendering) override;
  Rendering rendering(NoticeNumber notice, Channel channel, int revision) override;

  void insert_delivery(const Delivery& delivery) override;
  void update_delivery(const Delivery& delivery) override;
  std::vector<Delivery> deliveries(NoticeNumber notice) override;
  std::vector<Delivery> due(Channel channel, Instant now, int most) override;
  std::optional<Instant> next_due(Channel channel) override;

  std::int64_t insert_attempt(const Attempt& attempt) override;
  Attempt attempt(std::int64_t id) override;
  void finish_attempt(const Attempt& attempt) override;
  std::vector<Attempt> interrupted_attempts(int most) override;
  std::vector<Attempt> attempts(NoticeNumber notice) override;

  void insert_in_site_message(const InSiteMessage& message) override;

  bool insert_rejection(const RejectedRequest& rejection) override;
  std::vector<OutboxRow> outbox(int most) override;
  void remove_from_outbox(std::int64_t id) override;

  std::int64_t append_event(const Event& event) override;

 private:
  /// What a notice is listed by; see `facets` in schema.sql.
  using Facet = std::tuple<std::string, std::string, std::int64_t>;  ///< agreement, kind, channels

  sqlite::Statement prepare(std::string_view sql) { return database_.prepare(sql); }
  void forget();
  Facet facet_of(NoticeNumber notice);
  std::int64_t facet_number(const Facet& facet);
  void note_channel(NoticeNumber notice, Channel channel);
  NoticeNumber number_of(std::string_view notice_id);

  sqlite::Database& database_;
  const std::int64_t epoch_;

  std::int64_t committed_sequence_ = 0;  ///< of the last event that is durable
  std::int64_t sequence_ = 0;            ///< of the last event of this transaction
  std::int64_t work_sequence_ = 0;       ///< the same when the present work began

  std::map<NoticeNumber, Facet> changed_facets_;  ///< of this work, written at its end
  std::map<Facet, std::int64_t> facet_numbers_;   ///< known rows of `facets`
  std::string last_id_;                           ///< the notice that was spoken of last; its events follow
  NoticeNumber last_number_ = 0;

  sqlite::Statement claimed_, insert_notice_, insert_request_, notice_, find_notice_, request_json_,
      update_notice_;
  sqlite::Statement select_facet_, insert_facet_, facet_of_notice_, set_facet_;
  sqlite::Statement insert_content_, insert_rendering_, rendering_;
  sqlite::Statement insert_delivery_, update_delivery_, deliveries_, due_, next_due_;
  sqlite::Statement insert_attempt_, attempt_, finish_attempt_, interrupted_, attempts_, insert_in_site_;
  sqlite::Statement insert_rejection_, insert_body_, insert_outbox_, outbox_, remove_outbox_;
  sqlite::Statement insert_event_;

  void prepare_notices();
  void prepare_deliveries();
  void prepare_attempts();
  void prepare_history();
};

}  // namespace duenotice
