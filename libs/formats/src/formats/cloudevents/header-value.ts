const UNSAFE = /[^\x21-\x7e]+|["%]/gu;

/**
 * Text as the value of a `ce-` header: UTF-8 with spaces, quotation marks, percent signs and whatever is not
 * printable ASCII percent-encoded.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#3132-http-header-values
 */
export function headerValue(text: string): string {
  return text.toWellFormed().replaceAll(UNSAFE, encodeURIComponent);
}
