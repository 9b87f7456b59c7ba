import postgres from "postgres";
import { expect, test } from "vitest";
import { countUser, editFirst, startAgainAfter } from "../support/changed-schema";

test("when a migration has changed, a database at SANDBOX_DATABASE_URL is refused and not touched", async () => {
  const { second, user, url = "" } = await startAgainAfter(editFirst);
  await expect(second).rejects.toThrow(/Its data was not touched. Point SANDBOX_DATABASE_URL to an empty database/);
  const database = postgres(url);
  expect(await database.unsafe(countUser(user.id))).toEqual([{ count: 1 }]);
  await database.end();
});
