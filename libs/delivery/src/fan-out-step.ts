/** What one step of fanning out operational events did. */
export interface FanOutStep {
  /** Active webhooks that got a delivery, each once: to be woken. */
  webhookIds: string[];
}
