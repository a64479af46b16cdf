// A vocabulary in miniature, with every shape that the real one has: owned rows on two levels, references up, down and
// sideways, lists of rows that are not owned, sets, intervals, calendar rows, a field collected since a day.
#pragma once

#include <string>
#include <utility>

#include "engine/calendar/date.h"
#include "engine/model/vocabulary.h"

namespace jianlu::test {

class VocabularyMaker {
 public:
  using Kind = model::TypeKind;
  static constexpr auto required = model::Presence::required;
  static constexpr auto optional = model::Presence::optional;
  static constexpr auto observed = model::Presence::observed;

  model::EnumId enumeration(std::string zh, std::string en, std::vector<model::Name> values) {
    model::Enumeration e;
    e.name = {std::move(zh), std::move(en)};
    e.values = std::move(values);
    vocabulary.enums.push_back(std::move(e));
    return static_cast<model::EnumId>(vocabulary.enums.size() - 1);
  }
  model::EntityId entity(std::string zh, std::string en) {
    model::Entity e;
    e.name = {std::move(zh), std::move(en)};
    e.text = e.name.zh;
    e.supplier = "办案单位";
    vocabulary.entities.push_back(std::move(e));
    return static_cast<model::EntityId>(vocabulary.entities.size() - 1);
  }
  model::FieldId field(model::EntityId entity, std::string zh, std::string en, model::Type type,
                       model::Presence presence) {
    model::Field f;
    f.name = {std::move(zh), std::move(en)};
    f.type = type;
    f.presence = presence;
    return add(entity, std::move(f));
  }
  void owned(model::EntityId entity, model::EntityId owner, std::string zh, std::string en) {
    model::Field up;
    up.name = vocabulary.entities[owner].name;
    up.kind = model::FieldKind::owner;
    up.type = {Kind::reference, owner};
    vocabulary.entities[entity].owner = owner;
    vocabulary.entities[entity].owner_field = add(entity, std::move(up));
    vocabulary.entities[entity].owner_list =
        list(owner, std::move(zh), std::move(en), entity, vocabulary.entities[entity].owner_field);
  }
  model::FieldId list(model::EntityId entity, std::string zh, std::string en, model::EntityId of, model::FieldId back) {
    model::Field f;
    f.name = {std::move(zh), std::move(en)};
    f.kind = model::FieldKind::list;
    f.type = {Kind::rows, of};
    f.list_of = of;
    f.back = back;
    return add(entity, std::move(f));
  }

  model::Vocabulary vocabulary;

 private:
  model::FieldId add(model::EntityId entity, model::Field f) {
    std::vector<model::Field>& fields = vocabulary.entities[entity].fields;
    fields.push_back(std::move(f));
    return static_cast<model::FieldId>(fields.size() - 1);
  }
};

inline model::Vocabulary small_vocabulary() {
  using M = VocabularyMaker;
  using K = model::TypeKind;
  M m;
  const auto activity = m.enumeration("活动种类", "activity_kind",
                                      {{"日常检查", "routine_inspection"}, {"调查取证", "evidence_gathering"},
                                       {"文书送达", "service_of_documents"}});
  const auto ground = m.enumeration("迟交事由", "late_hand_over_ground",
                                    {{"连续工作", "continuous_work"}, {"异地执法", "work_elsewhere"}});
  const auto kind = m.enumeration("设备种类", "device_kind", {{"录像机", "video_recorder"}, {"记录仪", "body_worn_camera"}});
  const auto reason = m.enumeration("中断原因", "interruption_reason",
                                    {{"设备故障", "device_fault"}, {"天气恶劣", "severe_weather"}});
  const model::Type text{K::text}, truth{K::truth}, instant{K::instant}, number{K::number}, duration{K::duration},
      interval{K::interval};

  const auto unit = m.entity("单位", "unit");
  const auto unit_key = m.field(unit, "编号", "id", text, M::required);
  m.field(unit, "名称", "title", text, M::optional);
  m.field(unit, "有执法职能", "enforces", truth, M::required);
  m.vocabulary.entities[unit].time = m.field(unit, "快照日", "snapshot_at", instant, M::required);
  m.vocabulary.entities[unit].key = m.vocabulary.entities[unit].unit = unit_key;

  const auto device = m.entity("设备", "device");
  m.vocabulary.entities[device].key = m.field(device, "编号", "id", text, M::required);
  const auto device_unit = m.field(device, "单位", "unit", {K::reference, unit}, M::required);
  m.vocabulary.entities[device].unit = device_unit;
  m.field(device, "种类", "kind", {K::enum_value, kind}, M::required);
  m.field(device, "价格", "price", number, M::optional);
  m.vocabulary.entities[device].time = m.field(device, "快照日", "snapshot_at", instant, M::required);
  m.list(unit, "设备", "devices", device, device_unit);

  const auto session = m.entity("场次", "session");
  m.vocabulary.entities[session].key = m.field(session, "编号", "id", text, M::required);
  m.vocabulary.entities[session].unit = m.field(session, "单位", "unit", {K::reference, unit}, M::required);
  m.field(session, "活动", "activities", {K::enum_set, activity}, M::required);
  m.vocabulary.entities[session].starts = m.field(session, "开始", "started", instant, M::required);
  m.field(session, "到达", "arrived", instant, M::observed);
  m.vocabulary.entities[session].time = m.vocabulary.entities[session].ends = m.field(session, "结束", "ended", instant, M::required);
  m.field(session, "返回单位", "returned", instant, M::optional);
  m.field(session, "无法及时移交", "late_hand_over_grounds", {K::enum_set, ground}, M::optional);
  m.field(session, "作证据", "is_evidence", truth, M::optional);
  m.field(session, "有违法行为", "had_violation", truth, M::observed);
  m.field(session, "路程", "travel", duration, M::optional);
  const auto since = m.field(session, "天气", "weather", text, M::optional);
  m.vocabulary.entities[session].fields[since].since = calendar::to_day({2024, 6, 1});

  const auto recording = m.entity("录像", "recording");
  m.vocabulary.entities[recording].key = m.field(recording, "编号", "id", text, M::required);
  m.vocabulary.entities[recording].starts = m.field(recording, "开始", "started", instant, M::required);
  m.vocabulary.entities[recording].time = m.vocabulary.entities[recording].ends = m.field(recording, "结束", "ended", instant, M::required);
  const auto recording_device = m.field(recording, "设备", "device", {K::reference, device}, M::optional);
  m.field(recording, "删除于", "deleted_at", instant, M::optional);
  m.field(recording, "经过编辑", "found_edited", truth, M::observed);
  m.owned(recording, session, "录像", "recordings");
  m.list(device, "录像", "recordings", recording, recording_device);

  const auto sign = m.entity("编辑疑点", "edit_sign");
  m.field(sign, "名称", "sign", text, M::required);
  m.owned(sign, recording, "编辑疑点", "edit_signs");

  const auto speech = m.entity("语音", "speech");
  m.vocabulary.entities[speech].time = m.field(speech, "时间", "at", instant, M::required);
  m.field(speech, "文本", "words", text, M::required);
  m.field(speech, "录像", "recording", {K::reference, recording}, M::optional);
  m.owned(speech, session, "语音", "speeches");

  const auto interruption = m.entity("中断记录", "interruption");
  m.vocabulary.entities[interruption].time = m.field(interruption, "时段", "span", interval, M::required);
  m.field(interruption, "原因", "reason", {K::enum_value, reason}, M::required);
  m.owned(interruption, session, "中断记录", "interruptions");

  const auto transfer = m.entity("移交", "transfer");
  m.vocabulary.entities[transfer].time = m.field(transfer, "导出于", "exported_at", instant, M::required);
  m.field(transfer, "接收人", "received_by", text, M::optional);
  m.owned(transfer, session, "移交", "transfers");

  const auto complaint = m.entity("投诉", "complaint");
  m.vocabulary.entities[complaint].key = m.field(complaint, "编号", "id", text, M::required);
  m.vocabulary.entities[complaint].unit = m.field(complaint, "单位", "unit", {K::reference, unit}, M::required);
  const auto about = m.field(complaint, "场次", "session", {K::reference, session}, M::optional);
  m.vocabulary.entities[complaint].time = m.field(complaint, "受理于", "received_at", instant, M::required);
  m.list(session, "投诉", "complaints", complaint, about);

  const auto month = m.entity("单位月", "unit_month");
  m.vocabulary.entities[month].calendar = model::Entity::Calendar::month;
  m.vocabulary.entities[month].calendar_of = session;
  m.vocabulary.entities[month].key = m.field(month, "编号", "id", text, M::required);
  m.field(month, "单位", "unit", {K::reference, unit}, M::required);
  m.field(month, "月末", "month_end", instant, M::required);
  m.list(month, "场次", "sessions", session, model::kNone);
  return std::move(m.vocabulary);
}

}  // namespace jianlu::test
