import type { CardActions } from "@/components/generate/feed/job-card";

const ignore = () => {};

/** Card actions that do nothing, for tests that use none of the actions. */
export const ignoredActions: CardActions = {
  onCancel: ignore,
  onRetry: ignore,
  onEditJob: ignore,
  onEdit: ignore,
  onUseValues: ignore,
  onTool: ignore,
  onAsk: ignore,
  messagesModel: null,
  onOpen: ignore,
  onChange: ignore,
  onDelete: ignore,
};
