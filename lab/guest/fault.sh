#!/busybox sh
# fault HOW WORD...: starts Java in the capture kernel by these words; once it writes the dump, something befalls it.
how=$1; shift
if [ "$how" = missing ]; then exec /nowhere/java; fi
"$@" &
java=$!
until grep -q ' dump begun' /run/inquest/state; do
  kill -0 $java 2>/dev/null || break
  /busybox usleep 20000
done
case $how in
  killed) kill -KILL $java ;;
  hung) kill -STOP $java ;;
esac
wait $java
