#!/bin/sh
# Writes the AOT cache $1: runs Freshet beside a broker of its own until one change has been dealt with. What it has
# loaded and linked by then is in the cache. Mode is played by a web server with two files, so that the POST is answered
# 405, and the change ends as a run that is rejected.
set -eu

if ! java -XX:+PrintFlagsFinal -version 2>&1 | grep -q ' AOTCacheOutput ' ||
    ! java --list-modules | grep -q '^jdk.httpserver@'; then
    echo "This JVM makes no AOT cache (JDK 25 does), or lacks jdk.httpserver: the image goes without."
    exit
fi

kafka() {
    java -XX:TieredStopAtLevel=1 -cp '/opt/kafka/libs/*' "$@"
}

cat > /tmp/kafka.properties <<'PROPERTIES'
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:9093
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=/tmp/kafka
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
PROPERTIES
kafka kafka.tools.StorageTool format -t AAAAAAAAAAAAAAAAAAAAAQ -c /tmp/kafka.properties
kafka kafka.Kafka /tmp/kafka.properties &
broker=$!

api=/tmp/mode/api/training
mkdir -p $api/data_sources/5 $api/datasets/da7a
echo '{"_embedded": {"reports": [{"token": "da7a"}]}}' > $api/data_sources/5/datasets
echo '{"_embedded": {"reports": [{"token": "4e90"}]}}' > $api/datasets/da7a/reports
java -m jdk.httpserver -b 127.0.0.1 -p 8081 -d /tmp/mode &
mode=$!

KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9092 FRESHET_TOPICS_CREATE=true FRESHET_WORKSPACE_URL=http://127.0.0.1:8081 \
    FRESHET_WORKSPACE_ACCOUNT=training FRESHET_WORKSPACE_TOKEN=none FRESHET_WORKSPACE_SECRET=none \
    java -XX:AOTCacheOutput="$1" -jar quarkus-run.jar &
freshet=$!

echo '{"data_source": "5"}' |
    kafka org.apache.kafka.tools.ConsoleProducer --bootstrap-server 127.0.0.1:9092 --topic upstream-data-changed
kafka org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server 127.0.0.1:9092 --topic run-rejected \
    --from-beginning --max-messages 1 --timeout-ms 120000 | grep '"report_token":"4e90"'

kill $freshet
wait $freshet || test $? -eq 143
kill $mode $broker
wait $mode $broker || true
test -s "$1"
