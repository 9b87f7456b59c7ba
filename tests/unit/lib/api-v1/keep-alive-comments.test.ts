import { beforeEach, expect, test, vi } from "vitest";
import { withKeepAliveComments } from "@/lib/api-v1/streams/keep-alive-comments";

const sleep = vi.hoisted(() => vi.fn<(time: number) => Promise<null>>());
vi.mock("node:timers/promises", async (original) => ({ ...(await original<object>()), setTimeout: sleep }));

beforeEach(() => void sleep.mockReset().mockReturnValue(new Promise(() => {})));

async function collect(events: AsyncGenerator<string>) {
  const texts: string[] = [];
  for await (const text of events) texts.push(text);
  return texts;
}

test("a comment is sent when nothing happens for 30 seconds, and no event is lost", async () => {
  const wait = Promise.withResolvers<void>();
  async function* events() {
    yield "a";
    await wait.promise;
    yield "b";
  }
  const stream = withKeepAliveComments(events());
  expect((await stream.next()).value).toBe("a");
  sleep.mockResolvedValueOnce(null);
  expect((await stream.next()).value).toBe(":408: 408 Request Timeout\n\n");
  expect(sleep.mock.lastCall?.[0]).toBe(30_000);
  wait.resolve();
  expect(await collect(stream)).toEqual(["b"]);
});

test("a reader that leaves ends the events, and an error of theirs is thrown", async () => {
  const left = vi.fn<() => void>();
  async function* events(error?: Error) {
    try {
      yield "a";
      if (error) throw error;
      yield "b";
    } finally {
      left();
    }
  }
  const stream = withKeepAliveComments(events());
  await stream.next();
  await stream.return();
  expect(left).toHaveBeenCalledOnce();
  await expect(collect(withKeepAliveComments(events(new Error("lost"))))).rejects.toThrow("lost");
});
