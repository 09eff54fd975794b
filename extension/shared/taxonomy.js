// The words of the taxonomy: ids as on the wire, labels as the reader sees them. The server has the same in
// formats/labels.py; a test compares the two.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const typeLabel = {
    document: "Document, data or poll",
    media: "Another news outlet",
    former_official: "Former official or insider",
    official: "Government, military, courts, police",
    political: "Party, campaign or armed group",
    business: "Company or industry",
    civil_society: "Advocacy, aid, union or faith group",
    expert: "Expert or analyst",
    affected: "Witness or person affected",
    unattributed: "Nobody identified",
    lost: "Speaker not found",
  };
  const statusLabel = {
    corrected: "Corrected or debunked",
    denied: "Denied by the person concerned",
    disputed: "Disputed by another source",
    unsubstantiated: "Not backed up, the article says",
    accusation: "Accusation",
    speculation: "Open or speculative",
    distanced: "Worded at a distance",
  };
  // One plain sentence about the article for each status, never a verdict.
  const statusSentence = {
    corrected: "The article says this was corrected or shown to be wrong.",
    denied: "The article says the side concerned denies this.",
    disputed: "The article says somebody disputes this.",
    unsubstantiated: "The article says this has not been substantiated.",
    accusation: "The article reports this as an accusation.",
    speculation: "The article says this is open.",
    distanced: "The article words this at a distance.",
  };
  const TYPES = /** @type {SourceType[]} */ (Object.keys(typeLabel).filter((type) => type !== "lost"));

  shared.taxonomy = {
    TYPES,
    STATUSES: /** @type {ClaimStatus[]} */ (Object.keys(statusLabel)),
    LAYERS: [...TYPES, "lost", "contested"],
    typeLabel,
    statusLabel,
    statusSentence,
    identificationLabel: {
      named_person: "Named person",
      named_organisation: "Named organisation",
      described: "Described, not named",
      anonymous: "Anonymous, by agreement",
      collective: "Group, not named",
      document: "Document",
    },
    channelLabel: {
      not_stated: "not stated",
      interview: "in an interview",
      statement: "in a statement",
      briefing: "at a briefing",
      speech: "in a speech",
      video_address: "in a video address",
      press_release: "in a press release",
      social_post: "in a social media post",
      document: "in a document",
      other_media: "to another news outlet",
      court: "in court or under oath",
      official_footage: "in official footage",
      private_communication: "in a private message",
      declined_comment: "declined to comment",
    },
    anonymousNote: "The newsroom usually knows who this is; the article does not name them.",
    reasonLabel: {
      none_stated: "The article gives no reason.",
      not_authorized: "The article says: not authorised to speak.",
      fear: "The article says: fear of consequences.",
      sensitive: "The article says: a sensitive matter.",
      other: "The article gives a reason of another kind.",
    },
    line: {
      named_person: "named",
      named_organisation: "named",
      described: "unnamed",
      collective: "unnamed",
      anonymous: "anonymous",
      document: "document",
    },
    // Below this the card says *likely*; readers are never shown a percentage.
    certainty: (confidence) => (confidence < 0.8 ? "Likely: " : ""),
  };
})();
