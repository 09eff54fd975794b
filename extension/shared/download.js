// Saving a file from one of the extension's own pages.

const RELEASED = 10_000; // milliseconds after which a saved file's address is let go of: the download has begun by then

/** The beginning of a file's name, made of a title. @param {string} title */
export const nameOf = (title) => `onrecord-${title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60)}`;

/** @param {string} name @param {string} kind @param {BlobPart} content */
export function save(name, kind, content) {
  const url = URL.createObjectURL(new Blob([content], { type: kind }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASED);
}
