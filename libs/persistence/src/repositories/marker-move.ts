/** A feed that was not at its end for longer than this tells of what may be as old as its last end. */
const LEFT_ALONE = `interval '1 minute'`;

/** Entries after the feed was left alone: what they tell of may have been entered at any moment since. `$5`: how many were read. */
const BEGINS = `($5 > 0 and (at_end_at is null or at_end_at < now() - ${LEFT_ALONE}) and not (is_behind and behind_until is null))`;

/** Of what was told after it was left alone the time before, something is still under way. */
const IS_STILL_BEHIND = `(is_behind and (
         exists (select 1 from change where change.site = feed_marker.site and change.state = 'open' and change.opened_at <= behind_until)
         or exists (select 1 from job where job.source = feed_marker.site and job.state in ('ready', 'looking') and job.opened_at <= behind_until)))`;

/** Moves a marker while its lease is ours. `$4` position, `$5` entries, `$6` finding, `$7` whether the feed was read to its end. */
export const MOVE_MARKER = `update feed_marker set position = $4, entries = entries + $5, finding = $6, read_at = now(), last_entry_at = case when $5 > 0 then now() else last_entry_at end,
         at_end_at = case when $7 then now() else at_end_at end,
         is_behind = is_behind or ${BEGINS},
         behind_from = case when not ${BEGINS} or ${IS_STILL_BEHIND} then behind_from else at_end_at end,
         behind_until = case when ${BEGINS} or (is_behind and behind_until is null) then case when $7 then now() end else behind_until end
       where site = $1 and category = $2 and leased_by = $3 and leased_until > now() returning site`;
