// Times are read in the zone that was chosen last. Who chose none yet is shown those of their own
// clock: the zone is kept as the server keeps it, and the page is asked for once more.
"use strict";

const zone = document.querySelector("select[data-zone-kept]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = zone && [...zone.options].some((option) => option.value === here);
if (known && !zone.dataset.zoneChosen && zone.value !== here) {
  const kept = `${zone.dataset.zoneKept}=${here}`;
  document.cookie = `${kept}; path=/admin/; max-age=31536000; samesite=lax`;
  if (document.cookie.split("; ").includes(kept)) location.reload();
}
