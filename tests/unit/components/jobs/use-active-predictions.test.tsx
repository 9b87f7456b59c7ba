import { renderHook, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { jobStoreOf } from "@/components/jobs/job-store";
import { useActivePredictions } from "@/components/jobs/use-active-predictions";

const pollActive = vi.hoisted(() => vi.fn<() => void>());
const load = vi.hoisted(() => vi.fn<() => void>());
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => {} }) }));
vi.mock("@/components/jobs/poll-newest", () => ({ pollNewest: () => {} }));
vi.mock("@/components/jobs/poll-active", () => {
  load();
  return { pollActive };
});

test("if the code for polling cannot be loaded, the connection is lost, and polling starts when it is back", async () => {
  load.mockImplementationOnce(() => {
    throw new TypeError("Failed to fetch dynamically imported module");
  });
  const { result } = renderHook(() => useActivePredictions(jobStoreOf("me", [])));
  await waitFor(() => expect(result.current.connection).toBe("lost"));
  expect(pollActive).not.toHaveBeenCalled();
  window.dispatchEvent(new Event("online"));
  await waitFor(() => expect(pollActive).toHaveBeenCalled());
});
