import "server-only";

/**
 * Returns the result of `work`, but not before `ms` have passed, so that the response time does not reveal what `work` did. If
 * `work` takes longer than `ms`, returns later.
 */
export async function takeAtLeast<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const [result] = await Promise.all([work, pass(ms)]);
  return result;
}

/**
 * Returns the result of `work` when exactly `ms` have passed, or undefined if `work` is not finished by then. `work` must not
 * throw.
 */
export async function takeExactly<Result>(ms: number, work: Promise<Result>): Promise<Result | undefined> {
  let result: Result | undefined;
  void work.then((value) => (result = value));
  await pass(ms);
  return result;
}

function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
