import { fitChoices, toMediaChoice, uploadToMediaChoice } from "@/components/generate/fields/to-media-choice";
import { listMedia } from "@/lib/media/queries";
import type { MediaKind } from "@/lib/media/schema";
import { listRecentUploads } from "@/lib/media/uploads/rows";
import { acceptedKinds } from "@/lib/models/inputs/accepted-files";
import type { Field } from "@/lib/models/inputs/fields";

const maxUploads = 20;
/** How many of the newest saved files are offered for each kind of file. */
const maxMedia = 30;

/** Returns the user's files that can be chosen for these fields: first uploads, then saved files of the gallery. */
export async function listMediaChoices(userId: string, fields: Field[]) {
  const files = fields.filter(({ kind }) => kind === "file" || kind === "files");
  const kinds: MediaKind[] = [...new Set(files.flatMap(({ takes }) => acceptedKinds(takes)))];
  if (kinds.length === 0) return [];
  const [uploads, ...pages] = await Promise.all([
    listRecentUploads(userId, kinds, maxUploads),
    ...kinds.map((kind) => listMedia(userId, { limit: maxMedia, filter: { kind } })),
  ]);
  const media = pages.flatMap(({ results }) => results);
  return fitChoices([...uploads.map(uploadToMediaChoice), ...media.map(toMediaChoice)], files);
}
