export type Event = { event: string; id: string; data: string };

/** Reads server-sent events until the stream ends, or until `count` events have been read. */
export async function readEvents(response: Response, count = Infinity): Promise<Event[]> {
  const events: Event[] = [];
  const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (events.length < count) {
    const { done, value } = await reader.read();
    if (done) break;
    const parts = (text + value).split("\n\n");
    text = parts.pop() ?? "";
    events.push(...parts.map(parseEvent));
  }
  await reader.cancel();
  return events.slice(0, count);
}

function parseEvent(text: string): Event {
  const valueOf = (name: string) =>
    text
      .split("\n")
      .filter((line) => line.startsWith(`${name}: `))
      .map((line) => line.slice(name.length + 2))
      .join("\n");
  return { event: valueOf("event"), id: valueOf("id"), data: valueOf("data") };
}

/** Joins the data of all events with the name `output`. */
export function textOf(events: Event[]): string {
  return events.flatMap(({ event, data }) => (event === "output" ? data : [])).join("");
}
