import { announce } from "@/components/ui/live-region";
import { uploadPicture } from "./upload-picture";
import type { Sending } from "./use-picture-input";

/** Of an input that takes several: how many still go in, and how many go in at most. */
type Room = { room: number; most: number };

/**
 * Uploads files one after the other, so that they come in their order, and gives `take` the path of each. What could not be
 * taken is told in words at the end. Without `list` the first file is the one that is wanted.
 */
export async function sendPictures(
  files: File[],
  list: Room | null,
  tell: (sending: Sending) => void,
  take: (path: string) => void,
): Promise<void> {
  const { room, most } = list ?? { room: 1, most: 1 };
  const problems: string[] = [];
  let taken = 0;
  for (const file of files.slice(0, Math.max(0, room))) {
    const preview = URL.createObjectURL(file);
    tell({ preview, problem: null });
    const answer = await uploadPicture(file);
    URL.revokeObjectURL(preview);
    if ("path" in answer) {
      take(answer.path);
      taken += 1;
    } else {
      problems.push(list && files.length > 1 ? `${file.name}: ${answer.problem}` : answer.problem);
    }
  }
  const left = files.length - room;
  if (room < 1) problems.push(`At most ${most} pictures can be chosen. Take one out first.`);
  else if (list && left > 0) {
    problems.push(`${left} of ${files.length} pictures did not go in: at most ${most} can be chosen.`);
  }
  const problem = problems.join(" ") || null;
  tell({ preview: null, problem });
  const done = taken > 1 ? `${taken} pictures are in the form` : taken === 1 ? "The picture is in the form" : null;
  announce([done, problem].filter(Boolean).join(". "));
}
