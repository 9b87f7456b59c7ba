import { useEffect, useState } from "react";
import { readOutputStream } from "@/components/jobs/words/read-output-stream";

/**
 * Returns the text that a running prediction has generated so far. Returns null before the first word, and if there is no stream.
 * Without a stream, the caller can show the output of the prediction, which polling updates.
 */
export function useOutputStream(id: string, isRunning: boolean): string | null {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    if (!isRunning) return;
    return readOutputStream(id, (piece) => setText((known) => (known ?? "") + piece));
  }, [id, isRunning]);
  return text;
}
