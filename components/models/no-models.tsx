import type { Route } from "next";
import { EmptyState } from "@/components/shell/empty-state";

const reasons = {
  none: { title: "No model found", text: "Try fewer or other words." },
  end: { title: "No more models", text: "That was the last page of results." },
  filtered: {
    title: "No model matches the filters",
    text: "The models in this list take or make something else, or do not say what they take and make.",
  },
  provider_unavailable: {
    title: "Replicate is not responding",
    text: "Models cannot be listed right now. Try again in a moment. Your files are safe.",
  },
  rate_limited: {
    title: "Too many requests",
    text: "You have opened many models in a short time. Wait a moment, then reload the page.",
  },
};

type NoModelsProps = {
  reason: keyof typeof reasons;
  href?: Route;
  /** The label of the link to `href`. */
  action?: string;
};

export function NoModels({ reason, href = "/dashboard/models", action = "Back to featured models" }: NoModelsProps) {
  const { title, text } = reasons[reason];
  return (
    <div className="mt-10">
      <EmptyState title={title} href={href} action={action}>
        {text}
      </EmptyState>
    </div>
  );
}
