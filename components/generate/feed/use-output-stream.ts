import { useEffect, useState } from "react";
import { readOutputStream } from "@/components/jobs/words/read-output-stream";

/**
 * Returns the text that a running prediction has generated so far. Null before the first word, and if there is no stream. Without
 * a stream, the output of the prediction grows with each poll.
 */
export function useOutputStream(id: string, isRunning: boolean): string | null {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    if (!isRunning) return;
    return readOutputStream(id, (piece) => setText((known) => (known ?? "") + piece));
  }, [id, isRunning]);
  return text;
}
