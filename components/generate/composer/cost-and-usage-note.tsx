"use client";

// This file is loaded after the page (see studio.tsx). Until then, the page shows the note that the server rendered.

import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import type { Job } from "@/components/jobs/job";
import type { JobStore } from "@/components/jobs/job-store";
import { readChecked } from "@/components/jobs/read-response";
import { mediaItemsOf } from "@/components/media/media-item";
import { useStore } from "@/components/ui/create-store";
import { isRecord } from "@/components/ui/is-record";
import type { Usage } from "@/lib/history/schema";
import type { Field } from "@/lib/models/inputs/fields";
import { imageCount } from "@/lib/models/inputs/image-count";
import { costByPrice } from "@/lib/models/prices/cost-by-price";
import type { ModelPrice } from "@/lib/models/prices/schema";
import { isFinished } from "@/lib/predictions/status";
import { findExcess, UsageText } from "./cost-and-usage-text";
import type { ComposerForm } from "./use-composer";

/**
 * When the usage may have changed, the page waits for this time (ms) before it requests the new usage. So requests for which the
 * user waits are sent first.
 */
const delay = 1500;

export type UsageAtStart = {
  usage: Usage;
  /** The price of the model; null if it is not known. */
  price: ModelPrice | null;
  /** The most that a run may cost (US dollars); null if any cost is allowed. */
  limit: number | null;
  /** The note that the server rendered, shown until this file has loaded. */
  before: ReactNode;
};

type UsageNoteProps = UsageAtStart & {
  store: JobStore;
  composer: Pick<ComposerForm, "form" | "readValues">;
  fields: Field[];
  /**
   * What the compared models together usually cost for one run each (US dollars), without the model of the form. NaN if one of
   * these costs is not known.
   */
  costOfOthers: number;
};

/** Shows what a run with the values in the form costs, and what is left of the user's limits. */
export function UsageNote({ usage: start, store, composer, fields, price, limit, costOfOthers }: UsageNoteProps) {
  const [usage, setUsage] = useState(start);
  const changes = useStore(store, countChanges);
  // If a create request was rejected before this file was loaded, the usage in `start` may be out of date. In this case, the
  // usage is requested again.
  const hasProblem = useStore(store, (jobs) => jobs.some(({ problem }) => problem !== null));
  const changesAtStart = useRef(hasProblem ? null : changes);
  const readCost = useCallback(
    () => price && costByPrice(price, composer.readValues(), fields),
    [composer, fields, price],
  );
  const [cost, setCost] = useState(readCost);

  useEffect(() => {
    if (changes === changesAtStart.current) return;
    const timer = setTimeout(() => {
      // If this request fails, the page shows the old usage until `changes` grows again.
      fetch("/api/usage", { cache: "no-store" })
        .then((response) => readChecked(response, isUsage))
        .then(setUsage, () => {});
    }, delay);
    return () => clearTimeout(timer);
  }, [changes]);

  useEffect(() => {
    const form = composer.form.current;
    const updateCost = () => setCost(readCost());
    form?.addEventListener("input", updateCost);
    return () => form?.removeEventListener("input", updateCost);
  }, [composer, readCost]);

  const usual = cost?.price.usual ?? null;
  return (
    <UsageText
      usage={usage}
      cost={usual === null ? null : usual + costOfOthers}
      excess={cost && findExcess(cost.max_usd, limit)}
    />
  );
}

/** Checks only one field, because the server has already validated its response. */
function isUsage(value: unknown): value is Usage {
  return isRecord(value) && isRecord(value.images) && typeof value.images.left === "number";
}

/**
 * Returns a number that grows whenever the usage may have changed: with each response to a create request, and with each
 * finished prediction that has fewer or more images than requested.
 */
function countChanges(jobs: Job[]): number {
  const responded = jobs.filter(({ prediction, problem }) => prediction || problem);
  return responded.length + responded.filter(hasOtherCount).length;
}

function hasOtherCount({ prediction }: Job) {
  return (
    prediction !== null &&
    isFinished(prediction.status) &&
    mediaItemsOf(prediction).length !== imageCount(prediction.input)
  );
}
