// For applications of React: what `useQuery` and `useMutation` take, an entry for each operation.
export * from './generated/@tanstack/react-query.gen.js';
