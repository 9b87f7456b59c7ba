import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { JobCard } from "@/components/generate/feed/job-card";
import { jobOf } from "@/components/jobs/job";
import { predictionOf, savedImage } from "../fixtures";
import { ignoredActions } from "./card-actions";

test("without script, a video and a text are links", () => {
  const clip = { ...savedImage, kind: "video" as const, thumb_url: null };
  const done = predictionOf({ status: "succeeded", images: [clip], output: { file: clip.url, text: "A fox." } });
  const html = renderToString(<JobCard job={jobOf(done)} actions={ignoredActions} />);
  expect(html).toContain(`<a href="${clip.url}">a red fox</a>`);
  expect(html).toContain(`<a href="${done.urls.get}">Result</a>`);
});
