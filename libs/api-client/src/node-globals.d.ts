/** Of the generated client: browsers' types have it, and those of Node have no name for it. */
type BodyInit = NonNullable<RequestInit['body']>;
