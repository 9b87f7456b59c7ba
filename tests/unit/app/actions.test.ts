import { beforeEach, expect, test, vi } from "vitest";
import { stubSettings } from "../lib/stub-settings";

const { setCookie } = vi.hoisted(() => ({ setCookie: vi.fn<(...given: unknown[]) => void>() }));
vi.mock("next/headers", () => ({ cookies: async () => ({ set: setCookie }), headers: async () => new Headers() }));
vi.mock("@/lib/auth", () => {
  const somebody = async () => ({ id: "0195f2a8-0000-7000-8000-000000000002", email: "a@darkroom.test" });
  return { getUser: somebody, requirePageUser: somebody };
});

beforeEach(() => {
  setCookie.mockClear();
  stubSettings({ REPLICATE_API_BASE_URL: "http://127.0.0.1:1" });
});

const form = (fields: Record<string, string | Blob>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};
const file = new Blob(["x"]);
/** Values that a caller may send instead of a form. */
const noForms: [unknown][] = [[undefined], [null], ["x"], [1], [[]], [{}], [{ get: 1 }], [() => "x"], [new Map()]];

test.each([...noForms, [form({ theme: "pink" })], [form({ theme: file })]])(
  "an invalid theme, %s, becomes the default",
  async (given) => {
    const { setTheme } = await import("@/app/dashboard/set-theme-and-sign-out");
    await setTheme(given as FormData);
    expect(setCookie.mock.calls).toEqual([["theme", "dark", expect.anything()]]);
  },
);

test.each([...noForms, [form({ email: file, password: file, next: file })]])(
  "signing in with %s reports the e-mail field",
  async (given) => {
    const { sendLink, signIn, signUp } = await import("@/app/login/actions");
    for (const action of [signIn, signUp, sendLink]) {
      expect(await action({ email: "" }, given as FormData)).toMatchObject({ email: "", problem: { field: "email" } });
    }
  },
);

test("signing in as the demo account without one leads back to sign-in", async () => {
  const { signInToDemo } = await import("@/app/login/actions");
  await expect(signInToDemo(undefined as unknown as FormData)).rejects.toThrow("NEXT_REDIRECT");
});

test.each([...noForms, [form({ model: file, key: file, "input.prompt": file })]])(
  "starting a prediction with %s returns a problem",
  async (given) => {
    const { startPrediction } = await import("@/app/dashboard/generate/start-prediction-action");
    // In this test, the default model's inputs cannot be requested from Replicate, so the status is 503.
    expect(await startPrediction(null, given as FormData)).toMatchObject({ problem: { status: 503 } });
  },
);

test.each([...noForms, ["../../account"], ["x".repeat(100_000)]])(
  "%s cannot be compared and cannot run",
  async (given) => {
    const { canRun, loadCompared } = await import("@/app/dashboard/generate/load-other-models");
    expect(await loadCompared(given as string)).toEqual({ ratios: [], cost: null });
    expect(await canRun(given as string)).toBe(false);
  },
);

test("a model that cannot be looked up right now may still run", async () => {
  const { canRun } = await import("@/app/dashboard/generate/load-other-models");
  expect(await canRun("stability-ai/sdxl")).toBe(true);
});

test.each([...noForms, [{ cursor: 1, filter: 2 }], [{ cursor: "x" }]])(
  "an invalid page, %s, ends in a 404",
  async (given) => {
    const pages = [
      await import("@/app/dashboard/gallery/load-items"),
      await import("@/app/dashboard/history/load-older"),
    ];
    for (const { loadOlder } of pages)
      await expect(loadOlder(given as never)).rejects.toThrow("NEXT_HTTP_ERROR_FALLBACK;404");
  },
);
