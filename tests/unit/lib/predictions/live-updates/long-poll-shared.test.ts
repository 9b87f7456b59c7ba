import { describe, expect, test, vi } from "vitest";
import { publishChange } from "@/lib/predictions/live-updates/publish-change";
import { ask, CHANGED, ID, OTHER, USER, holdTime, userOf, wait } from "./wait";

holdTime();

describe("long polls of one topic", () => {
  const looksOf = (many: ReturnType<typeof wait>[]) => many.reduce((sum, { state }) => sum + state.reads, 0);

  test("all end with a change, and share every read after their first", async () => {
    const many = Array.from({ length: 50 }, () => wait(25));
    await vi.advanceTimersByTimeAsync(5000);
    expect(looksOf(many)).toBe(50 + 5);
    for (const { state } of many) state.answer = "done";
    publishChange(CHANGED);
    expect(new Set(await Promise.all(many.map(({ done }) => done)))).toEqual(new Set(["done"]));
    expect([looksOf(many), new Set(many.map(({ state }) => state.at))]).toEqual([56, new Set([5000])]);
  });

  test("read with the rights of the newest that still waits", async () => {
    const [old, young] = [wait(25), wait(2)];
    await vi.advanceTimersByTimeAsync(4500);
    expect(await young.done).toBeNull();
    expect([old.state.reads, young.state.reads]).toEqual([1 + 3, 1 + 1]);
  });

  test("belong to one user: another user's never share a read", async () => {
    const [mine, theirs] = [wait(25), wait(25, { user: userOf(OTHER) })];
    mine.state.answer = "done";
    await vi.advanceTimersByTimeAsync(1000);
    expect(await mine.done).toBe("done");
    expect([theirs.state.reads, theirs.state.at]).toEqual([2, null]);
  });

  test("get only reads that began after they joined: an earlier one may be older than their own", async () => {
    let answer = "old";
    const slow = async () => {
      const seen = answer;
      await new Promise((resolve) => setTimeout(resolve, 400));
      return seen;
    };
    const first = ask({ read: slow, isNews: (found) => found !== "old" });
    await vi.advanceTimersByTimeAsync(1100);
    // The second read of `first` has already begun. It returns the old answer, because it began before the change.
    answer = "new";
    const second = ask({ read: async () => answer, isNews: (found) => found !== "new" });
    let told: string | null = null;
    void second.then((found) => (told = found));
    await vi.advanceTimersByTimeAsync(900);
    expect([await first, told]).toEqual(["new", null]);
  });

  test("fail one by one: the others continue when the newest's sign-in expires", async () => {
    const [old, other] = [wait(25), wait(25)];
    let isOver = false;
    const read = async () => {
      if (isOver) throw new Error("signed out");
      return "nothing new";
    };
    const failed = ask({ read, isNews: () => false }).catch(String);
    await vi.advanceTimersByTimeAsync(100);
    isOver = true;
    for (const { state } of [old, other]) state.answer = "done";
    publishChange(CHANGED);
    expect(await failed).toBe("Error: signed out");
    await vi.advanceTimersByTimeAsync(0);
    expect([await old.done, await other.done, old.state.at]).toEqual(["done", "done", 100]);
  });

  test("combine a change with the latest read of any of them", async () => {
    let answer = "one";
    const seen: unknown[] = [];
    const read = async (...given: [unknown, string | null]) => {
      seen.push(given[1]);
      return answer;
    };
    const isNews = () => false;
    void ask({ read, isNews });
    await vi.advanceTimersByTimeAsync(100);
    // Another server makes this change, so this process does not publish it. The change that is published below is another one.
    answer = "two";
    void ask({ read, isNews });
    await vi.advanceTimersByTimeAsync(100);
    publishChange(CHANGED);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toEqual([null, null, "two"]);
  });

  test("are a hundred for one user, and one more ends the oldest", async () => {
    const many = Array.from({ length: 101 }, (_, n) => wait(25, { id: n % 2 ? ID : USER }));
    await vi.advanceTimersByTimeAsync(1);
    expect(many.map(({ state }) => state.at)).toEqual([0, ...Array(100).fill(null)]);
    expect(await many[0]?.done).toBeNull();
    const other = wait(25, { user: userOf(OTHER) });
    await vi.advanceTimersByTimeAsync(1);
    expect([other.state.at, many[1]?.state.at]).toEqual([null, null]);
  });
});
