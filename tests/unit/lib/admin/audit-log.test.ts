import { expect, test, vi } from "vitest";
import { listAuditLog } from "@/lib/admin/audit-log";

const query = vi.hoisted(() => ({
  or: vi.fn<(filter: string) => object>(),
  listUsers: vi.fn<(page: object) => unknown>(),
}));
vi.mock("@/lib/admin/access", () => ({ callAsAdmin: () => Promise.resolve({}) }));
vi.mock("@/lib/admin/users", () => ({ listUsers: query.listUsers }));
vi.mock("@/lib/supabase/user-client", () => {
  const empty = Promise.resolve({ data: [], error: null });
  const rows: object = Object.assign(empty, { or: query.or.mockReturnValue(empty) });
  const steps = { from: () => steps, select: () => steps, order: () => steps, limit: () => rows };
  return { createUserClient: () => Promise.resolve(steps) };
});

test("the log of a user is found by the exact address, even if many longer addresses contain it", async () => {
  query.listUsers.mockImplementation((page) =>
    Promise.resolve(
      "cursor" in page && page.cursor === "second"
        ? { users: [{ id: "ana", email: "Ana@x.test" }], next: null }
        : { users: [{ id: "hanna", email: "hanna@x.test" }], next: "second" },
    ),
  );
  await listAuditLog({ filter: { user: "ana@x.test" } });
  expect(query.or).toHaveBeenCalledExactlyOnceWith("actor_id.eq.ana,target_id.eq.ana");
});
