import { announce } from "@/components/ui/live-region";
import { uploadMedia } from "./upload-media";
import type { Sending } from "./use-media-field";

/** Of an input that takes several: those in it at this moment, and how many go in at most. */
type List = { chosen: { current: string[] }; most: number };

/**
 * Uploads files one after the other, so that they come in their order, and gives `take` the path of each. What could not be
 * taken is told in words at the end. Without `list` the first file is the one that is wanted.
 */
export async function sendMedia(
  files: File[],
  list: List | null,
  tell: (sending: Sending) => void,
  take: (path: string) => void,
): Promise<void> {
  const most = list?.most ?? 1;
  const roomNow = () => (list ? most - list.chosen.current.length : 1);
  const room = roomNow();
  const problems: string[] = [];
  let taken = 0;
  let left = Math.max(0, files.length - room);
  for (const file of files.slice(0, Math.max(0, room))) {
    const preview = URL.createObjectURL(file);
    tell({ preview, problem: null });
    const answer = await uploadMedia(file);
    URL.revokeObjectURL(preview);
    if ("path" in answer && roomNow() < 1) {
      // Others were chosen meanwhile.
      left += 1;
    } else if ("path" in answer) {
      take(answer.path);
      taken += 1;
    } else {
      problems.push(list && files.length > 1 ? `${file.name}: ${answer.problem}` : answer.problem);
    }
  }
  if (room < 1) problems.push(`At most ${most} images can be chosen. Take one out first.`);
  else if (list && left > 0) {
    problems.push(`${left} of ${files.length} images did not go in: at most ${most} can be chosen.`);
  }
  const problem = problems.join(" ") || null;
  tell({ preview: null, problem });
  const done = taken > 1 ? `${taken} images are in the form` : taken === 1 ? "The image is in the form" : null;
  announce([done, problem].filter(Boolean).join(". "));
}
