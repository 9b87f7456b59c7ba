import { expect, test } from "vitest";
import { sql } from "../../support/sql";
import { signIn } from "../../support/users";
import { countUser, editFirst, startAgainAfter } from "../support/changed-schema";

test("when a migration has changed, the local demo data starts over and the terminal says so", async () => {
  const { second, user } = await startAgainAfter(editFirst);
  const { process, env } = await second;
  expect(process.output()).toContain("The database schema has changed, so the local demo data was deleted");
  expect(await sql({ env }, countUser(user.id))).toEqual([{ count: 0 }]);
  await expect(signIn({ env })).resolves.toMatchObject({ email: env.DEMO_EMAIL });
});
