curl -X GET "https://scorm-api.allurelms.com/api/customer/webhooks/webhook_abc123/deliveries" \
  -H "X-API-Key: your-api-key"
