// The ids of the taxonomy, as on the wire, and what a reader sees for them. The labels are those of the server's
// formats/labels.py; a test compares the two.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  /** @type {SourceType[]} */
  const TYPES = [
    "document",
    "media",
    "former_official",
    "official",
    "political",
    "business",
    "civil_society",
    "expert",
    "affected",
    "unattributed",
  ];
  /** @type {ClaimStatus[]} */
  const STATUSES = [
    "corrected",
    "denied",
    "disputed",
    "unsubstantiated",
    "accusation",
    "speculation",
    "distanced",
  ];
  const LAYERS = [...TYPES, "lost", "contested"];
  /** @type {Record<Identification, "named" | "unnamed" | "anonymous" | "document">} */
  const line = {
    named_person: "named",
    named_organisation: "named",
    described: "unnamed",
    anonymous: "anonymous",
    collective: "unnamed",
    document: "document",
  };
  // Those that say how something was said; a quote with any other channel says nothing of it.
  const CHANNELS = [
    "interview",
    "statement",
    "briefing",
    "speech",
    "video_address",
    "press_release",
    "social_post",
    "document",
    "other_media",
    "court",
    "official_footage",
    "private_communication",
    "declined_comment",
  ];
  const QUOTE_KINDS = ["direct", "partial", "indirect"];
  const REASONS = ["none_stated", "not_authorized", "fear", "sensitive", "other"];
  const LIKELY = 0.8; // below it a card says *likely*; readers are never shown a percentage

  /** @type {Record<Family, readonly string[]>} */
  const FAMILIES = {
    type: LAYERS,
    identification: Object.keys(line),
    status: STATUSES,
    statusSentence: STATUSES,
    channel: CHANNELS,
    quoteKind: QUOTE_KINDS,
    reason: REASONS,
  };

  /** A political source has two names, by the article's words; an answer of before `subtype` says only the type. @param {WireSource} source */
  const ofSource = ({ type, subtype }) => {
    if (type === "political" && subtype === "armed_group") return shared.text("sourceArmedGroup");
    if (type === "political" && subtype === null) return shared.text("sourcePolitician");
    return shared.taxonomy.label("type", type);
  };

  shared.taxonomy = {
    TYPES,
    STATUSES,
    LAYERS,
    line,
    FAMILIES,
    // An id that a newer server knows and this extension does not is shown as it is.
    label: (family, id) => (FAMILIES[family].includes(id) ? shared.text(`${family}_${id}`) : id),
    ofSource,
    certain: (confidence, label) => (confidence < LIKELY ? shared.text("likely", label) : label),
  };
})();
